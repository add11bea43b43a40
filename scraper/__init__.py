"""Dateline: crawl, extract, archive and search the world's news."""

"""Scrapy at work: listings asked, articles fetched, runs logged."""

"""Declared outlets, one small file per country; Scrapy finds every class in here."""

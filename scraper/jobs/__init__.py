"""Work over an existing archive: no network, no Scrapy; one file is one command."""

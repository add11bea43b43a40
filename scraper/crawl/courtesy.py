"""A Scrapy add-on: who we say we are, and which courtesies a replay can do without."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from scraper.crawl.options import CrawlOptions

REPLAY_HANDLER = "scraper.crawl.replay.ReplayHandler"


class CourtesyAddon:
    """Sets the user agent from the contact, and the download handlers from --replay."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls()

    def update_settings(self, settings: BaseSettings) -> None:
        """Called by Scrapy before a crawler's other components are made."""
        options = CrawlOptions.of(settings)
        settings.set("USER_AGENT", options.user_agent, priority="addon")
        if options.replay:  # nobody is asked, so nobody needs sparing
            settings.set("DOWNLOAD_DELAY", 0, priority="cmdline")
            settings.set("AUTOTHROTTLE_ENABLED", False, priority="cmdline")
            for scheme in ("http", "https"):
                settings["DOWNLOAD_HANDLERS"][scheme] = REPLAY_HANDLER

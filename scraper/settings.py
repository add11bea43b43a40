"""Scrapy settings, constants only; docs/settings.md lists the ones an operator may change."""

BOT_NAME = "dateline"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
ADDONS = {"scraper.crawl.courtesy.CourtesyAddon": 100}

# Where the archive is, and what one crawl may take. DATELINE_DB, DATELINE_CAPTURES and
# DATELINE_CONTACT may also come from the environment.
DATELINE_DB = ""  # path of the archive; "" for the environment's, else archive.db
DATELINE_CAPTURES = ""  # directory of raw captures; "" for captures/ beside the archive
DATELINE_CONTACT = ""  # URL or mail address in the user agent; needed for the real web
DATELINE_ALERTS = ""  # addresses that alerts go to, as Apprise has them; "" for the environment's
DATELINE_ALLOW: list[str] = []  # exact host:port that may be asked though private
DATELINE_REPLAY: list[str] = []  # WARC files that answer every request instead of the network
DATELINE_REVISIT = False  # look at known articles again whatever their rhythm
DATELINE_LIMIT = 200  # articles fetched from one outlet in one run; the rest waits for the next
DATELINE_CANDIDATES = 1000  # articles taken from one listing; news sitemaps hold at most 1000
DATELINE_INDEXES = 40  # sitemaps below indexes asked of an outlet in a run: a month of daily ones
DATELINE_INDEX_DEPTH = 2  # sitemap indexes below one another
DATELINE_TRIES = 10  # failed fetches, over more than three days, before an article is given up
DATELINE_DISK_RESERVE = 2**30  # bytes to stay free on its disks: crawls end before; 0 for none
DATELINE_OUTLETS_AT_ONCE = 8  # outlets crawled at the same time
DATELINE_STOP_SECONDS = 30  # that the scheduler, told to stop, gives to what is in flight

# What a day (UTC) may cost, robots.txt and redirects included: what is beyond waits for the next.
DATELINE_DAILY_REQUESTS = 0  # requests to all outlets together; 0 for no bound
DATELINE_DAILY_BYTES = 0  # bytes received of them, as sent; 0 for no bound
DATELINE_OUTLET_DAILY_REQUESTS = 0  # requests on account of one outlet; 0 for no bound
DATELINE_OUTLET_DAILY_BYTES = 0  # bytes received on account of one outlet; 0 for no bound

# The extraction pool: each page costs at most this.
DATELINE_WORKERS = 2  # processes that extract
DATELINE_PAGE_SECONDS = 20  # time one page or listing may take there
DATELINE_WORKER_BYTES = 1536 * 1024 * 1024  # address space, which is far above resident memory

# Courtesy: one request at a time per host, slower when the host is slow.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Dateline"
CONCURRENT_REQUESTS = 4  # per outlet, in flight or queued; few, so that a stop is quick
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DATELINE_CRAWL_DELAY_MAX = 120  # seconds; a longer Crawl-delay counts as this
DATELINE_RETRY_AFTER_MAX = 60  # seconds waited within a run; longer waits go to a later run

# Bounds on what comes from outside.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # bytes, decompressed as well
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 15  # seconds for a whole answer, however it drips
RETRY_TIMES = 2
RETRY_EXCEPTIONS = [  # a time-out is not among them: it is asked again by a later run
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
    "twisted.internet.error.ConnectionDone",
    "twisted.internet.error.ConnectError",
    "twisted.internet.error.ConnectionLost",
]
CLOSESPIDER_TIMEOUT = 3600  # seconds one outlet may take in one run; the rest waits for the next
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 2083
HTTPERROR_ALLOW_ALL = True  # the spider judges every status itself
METAREFRESH_ENABLED = False
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1024 * 1024  # bytes of pages waiting for the pool, per outlet

# No doors, no disguise, no leftovers.
COOKIES_ENABLED = False
REFERER_ENABLED = False
HTTPPROXY_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
TWISTED_DNS_RESOLVER = "scraper.crawl.addresses.GuardedResolver"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# Ours in place of Scrapy's. CONCURRENT_ITEMS at Scrapy's 100 costs 1.5 times the CPU a response.
CONCURRENT_ITEMS = 4
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads the source of every callback
DOWNLOADER_STATS = False
ITEM_PIPELINES = {
    "scraper.crawl.pipelines.ExtractPipeline": 100,
    "scraper.crawl.pipelines.StorePipeline": 200,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scraper.crawl.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scraper.crawl.throttle.RetryAfterMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scraper.crawl.redirects.CleanRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scraper.crawl.decompression.DecompressionMiddleware": 590,
    "scraper.crawl.exclusions.ExclusionMiddleware": 40,
    "scraper.crawl.addresses.AddressMiddleware": 50,
    "scraper.crawl.metering.BudgetMiddleware": 950,
}
EXTENSIONS = {
    "scraper.crawl.bounds.HeaderBounds": 0,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scraper.crawl.throttle.PoliteThrottle": 0,
    "scraper.crawl.runlog.RunLog": 10,
    "scraper.crawl.metering.RequestLog": 20,
}
STATS_DUMP = False
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0

"""What the declarations in `spiders/` tell the jobs that extract stored captures."""

from scraper.jobs.extractions import Guidance


def declared_guidance() -> Guidance:
    """Return outlets, selectors and the rhythm of revisits as they are declared now."""
    from scraper.crawl.outlets import load_outlets
    from scraper.crawl.revisits import next_check

    declared = load_outlets()
    return Guidance(
        outlets={name: spider.outlet for name, spider in declared.items()},
        hints={name: spider.hints for name, spider in declared.items()},
        next_check=next_check,
    )

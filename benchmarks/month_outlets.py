"""The outlets of a simulated month as declarations, like those in `spiders/`."""

import re

from month_plan import PORT, Plan, PlannedOutlet, address

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet

# The kinds of listings that the demo world writes, by the attribute that declares them.
ATTRIBUTES = {
    "rss": "feeds", "rdf": "feeds", "atom": "feeds", "json feed": "feeds",
    "sitemap": "news_sitemaps", "sitemap index": "news_sitemaps", "section": "sections",
}  # fmt: skip


def declare(plan: Plan) -> list[type[OutletSpider]]:
    """Return a declaration for each outlet of a plan."""
    return [_declare(outlet) for outlet in plan.outlets.values()]


def allowed_hosts(plan: Plan) -> list[str]:
    """Return every host and port that may be asked, as `--allow` takes them."""
    places = [outlet.place for outlet in plan.outlets.values()]
    return [f"{address(place)}:{PORT}" for place in places]


def _declare(outlet: PlannedOutlet) -> type[OutletSpider]:
    demo = outlet.demo
    about = Outlet(demo.name, demo.country, (demo.language,), demo.timezone, f"{outlet.origin}/")
    attributes: dict[str, object] = {
        "__doc__": f"Invented: {outlet.rhythm}.",
        "__module__": __name__,
        "name": outlet.slug,
        "outlet": about,
    }
    for attribute in dict.fromkeys(ATTRIBUTES.values()):
        urls = [outlet.origin + p for kind, p in demo.listings if ATTRIBUTES[kind] == attribute]
        attributes[attribute] = tuple(urls)
    if attributes["sections"]:
        attributes["article_urls"] = _pattern(outlet.origin, demo.path)
    return type(re.sub(r"\W", "", outlet.slug.title()), (OutletSpider,), attributes)


def _pattern(origin: str, path: str) -> str:
    r"""Return a regular expression for URLs made from a template of paths.

    >>> _pattern("http://a", "/{section}/{slug}.{number}")
    '^http://a/[^/]+/[^/]+\\.\\d{6}$'
    """
    fields = {"section": "[^/]+", "slug": "[^/]+", "number": r"\d{6}", "label": "[^/]+"}
    parts = re.split(r"\{(\w+)\}", path)
    shape = "".join(fields[p] if n % 2 else re.escape(p) for n, p in enumerate(parts))
    return f"^{re.escape(origin)}{shape}$"

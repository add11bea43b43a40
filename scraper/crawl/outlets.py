"""Every declared outlet by name, through Scrapy's spider loader, and the choice among them."""

import traceback
import warnings
from collections.abc import Iterable

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from scraper.crawl.spider import OutletSpider
from scraper.errors import BadDeclaration, UnknownOutlet, near_names

DECLARATIONS = ("spiders",)  # a package of ours: beside scrapy.cfg in a checkout, or installed
DEMO_PREFIX = "demo-"
DUPLICATES = "There are several spiders with the same name"


def load_outlets(modules: Iterable[str] = DECLARATIONS) -> dict[str, type[OutletSpider]]:
    """Return every declared outlet's spider by its name, in the order of names.

    Raises:
        BadDeclaration: a declaration is wrong, two bear one name, or a file cannot be read.
    """
    settings = Settings({"SPIDER_MODULES": list(modules)})
    with warnings.catch_warnings():
        warnings.filterwarnings("error", DUPLICATES, UserWarning)
        try:
            loader = SpiderLoader.from_settings(settings)
        except UserWarning as warning:
            places = [line.strip() for line in str(warning).splitlines() if " named " in line]
            raise BadDeclaration(places[0], f"the name is taken: {'; '.join(places[1:])}") from None
        except (SyntaxError, NameError, TypeError, AttributeError, ImportError) as error:
            if isinstance(error, BadDeclaration):
                raise
            raise BadDeclaration(_place_of(error), f"{type(error).__name__}: {error}") from error
    spiders = {name: loader.load(name) for name in sorted(loader.list())}
    return {
        name: spider
        for name, spider in spiders.items()
        if issubclass(spider, OutletSpider) and spider.is_declared
    }


def _place_of(error: Exception) -> str:
    """Return the file and line that an error comes from."""
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"


def select_outlets(
    names: Iterable[str] = (),
    *,
    everything: bool = False,
    country: str | None = None,
    language: str | None = None,
) -> list[type[OutletSpider]]:
    """Return the outlets an operator asks for, those named first.

    Without names, `everything`, a country or a language choose among all but the demo's and those
    that exclude crawlers, which come by name alone: who crawls looks at `excluded`. Country and
    language narrow what was named, too. Nothing chosen is no error: the list is empty.

    Args:
        names: as `load_outlets` has them.
        everything: all real outlets that may be requested.
        country: ISO 3166-1 alpha-2 code, in any case.
        language: BCP 47 tag; "zh" finds "zh-Hant".

    Raises:
        UnknownOutlet: a name is not declared; the error has those that come near.
    """
    outlets = load_outlets()
    chosen = dict.fromkeys(names)
    for name in chosen:
        if name not in outlets:
            raise UnknownOutlet(name, near_names(name, outlets))
    if everything or (not chosen and (country or language)):
        chosen |= dict.fromkeys(
            name
            for name, spider in outlets.items()
            if not (spider.excluded or name.startswith(DEMO_PREFIX))
        )
    return [
        outlets[name] for name in chosen if speaks(outlets[name], country or "", language or "")
    ]


def speaks(spider: type[OutletSpider], country: str = "", language: str = "") -> bool:
    """Tell whether an outlet is of a country and of a language; "" is any."""
    outlet = spider.outlet
    if country and outlet.country != country.upper():
        return False
    wanted = language.lower()
    tags = (tag.lower() for tag in outlet.languages)
    return not wanted or any(tag == wanted or tag.startswith(f"{wanted}-") for tag in tags)

"""The two pages on declared outlets: the table of all, and what they cover. See generate.py."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from babel import Locale

from scraper.crawl.outlets import DEMO_PREFIX, load_outlets
from scraper.crawl.spider import OutletSpider

ENGLISH = Locale("en")
DOUBT = "Doubt: "
WHOLE = "whole-site"


@cache
def declared() -> list[type[OutletSpider]]:
    """Return the real outlets, by country and name."""
    found = sorted(load_outlets().values(), key=lambda s: (s.outlet.country, s.name))
    return [spider for spider in found if not spider.name.startswith(DEMO_PREFIX)]


def about(spider: type[OutletSpider]) -> tuple[str, str]:
    """Return the facts and the doubt that an outlet's docstring has, each on one line."""
    facts, _, doubt = " ".join((spider.__doc__ or "").split()).partition(DOUBT)
    return facts.strip(), doubt


def outlet_link(spider: type[OutletSpider]) -> str:
    """Return an outlet's name as a link to its home page."""
    return f"[{spider.outlet.name}]({spider.outlet.homepage})"


def kinds_of(spider: type[OutletSpider]) -> str:
    """Return the kinds of listing an outlet is read by."""
    kinds = (kind.replace("_", " ") for kind, _ in spider.listing_urls())
    return ", ".join(dict.fromkeys(kinds))


def rule_of(spider: type[OutletSpider]) -> str:
    """Return how world news is told from the rest in an outlet's listings."""
    if spider.excluded:
        return "**excluded**"
    signs = ["address"] * bool(spider.world_urls) + ["category"] * bool(spider.world_sections)
    if signs:
        return " or ".join(signs)
    return "nothing: all is taken" if WHOLE in about(spider)[0].lower() else "its own listing"


def outlets() -> str:
    """Return the table of declared outlets."""
    real = declared()
    asked = [spider for spider in real if not spider.excluded]
    countries = {spider.outlet.country for spider in real}
    languages = {tag.split("-")[0] for spider in real for tag in spider.outlet.languages}
    rows = [
        "# Declared outlets\n",
        f"{len(real)} outlets in {len(countries)} countries and {len(languages)} languages; "
        f"{len(real) - len(asked)} of them exclude crawlers and are never requested. "
        "What they cover, and the doubts about them: [coverage](coverage.md).\n",
        "| outlet | slug | country | languages | listings | world news by |",
        "|---|---|---|---|---|---|",
    ]
    for spider in real:
        languages_shown = " ".join(spider.outlet.languages)
        rows.append(
            f"| {outlet_link(spider)} | `{spider.name}` "
            f"| {spider.outlet.country} | {languages_shown} | {kinds_of(spider)} "
            f"| {rule_of(spider)} |"
        )
    return "\n".join(rows) + "\n"


def coverage() -> str:
    """Return the page of what the declared outlets cover."""
    real = declared()
    asked = [spider for spider in real if not spider.excluded]
    countries = Counter(spider.outlet.country for spider in asked)
    languages = Counter(
        tag for spider in asked for tag in {t.split("-")[0] for t in spider.outlet.languages}
    )
    filtered = [s for s in asked if s.world_urls or s.world_sections]
    whole = [s for s in asked if rule_of(s).startswith("nothing")]
    parts = [
        "# What the outlets cover\n",
        f"{len(asked)} outlets are asked, from {len(countries)} countries and in "
        f"{len(languages)} languages. {len(real) - len(asked)} more are declared and never "
        "requested.\n",
        "## Never requested\n",
        *_table(
            "| outlet | why |", (f"| {outlet_link(s)} | {s.excluded} |" for s in real if s.excluded)
        ),
        "\n## Countries\n",
        "A country is that of the newsroom or, for outlets in exile, the one they work from.\n",
        *_table("| country | outlets |", _counted(countries, ENGLISH.territories)),
        "\n## Languages\n",
        "An outlet counts once for every language its listings are in.\n",
        *_table("| language | outlets |", _counted(languages, ENGLISH.languages)),
        "\n## Listings of a whole site\n",
        f"Where listings hold more, world news alone is taken: for {len(filtered)} outlets it is "
        f"told by its address or its category. Of {len(whole)} all is taken, because no rule is "
        "evident, or because the outlet is international by nature:\n",
        ", ".join(f"`{spider.name}`" for spider in whole) + "\n",
        "## Doubts\n",
        "Nothing here was tried against the live sites; `dateline outlets check` does that. "
        "Known beforehand:\n",
        *_table(
            "| outlet | doubt |",
            (f"| `{s.name}` | {_sentence(about(s)[1])} |" for s in asked if about(s)[1]),
        ),
    ]
    return "\n".join(parts) + "\n"


def _table(head: str, rows: Iterable[str]) -> list[str]:
    return [head, "|---" * (head.count("|") - 1) + "|", *rows]


def _counted(counts: Counter[str], names: dict[str, str]) -> list[str]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], names[item[0]]))
    return [f"| {names[code]} ({code}) | {count} |" for code, count in ordered]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What a scout found, and what the operator says, made into a declaration."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scraper.crawl.class_text import Draft, slug_of
from scraper.crawl.scouting import Scouted
from scraper.crawl.spider import OutletSpider
from scraper.discovery.mastheads import plain_tag
from scraper.discovery.places import doubts_of, timezone_of
from scraper.errors import BadDeclaration, HomePageUnusable
from scraper.records import Article, Hints, Outlet
from scraper.urls import site_of

SPEAKING_ARTICLES = 2  # of the trial that must be in another language before the page is wrong


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator gives, "" for what is to be found."""

    name: str = ""
    slug: str = ""
    country: str = ""
    language: str = ""
    timezone: str = ""


def wish_problem(wishes: Wishes) -> str:
    """Return what is wrong with what the operator gives, "" when all is well."""
    try:
        type(
            "Wished",
            (OutletSpider,),
            {
                "name": wishes.slug or "slug",
                "outlet": Outlet(
                    wishes.name or "Name",
                    country=wishes.country or "DE",
                    languages=(wishes.language or "de",),
                    timezone=wishes.timezone or "UTC",
                ),
                "feeds": ("https://outlet.invalid/",),
            },
        )
    except BadDeclaration as error:
        return error.problem
    return ""


def early_slug(url: str, wishes: Wishes) -> str:
    """Return the slug as far as it is known before anything is asked, "" if it is not."""
    is_named = any(character.isalpha() for character in site_of(url))
    return wishes.slug or (slug_of(url, "") if is_named else "")


def draft_of(found: Scouted, wishes: Wishes) -> Draft:
    """Return the declaration of what was found.

    Raises:
        HomePageUnusable: the page does not say what the outlet is called.
    """
    name = wishes.name or found.name
    if not name:
        raise HomePageUnusable(found.home.url, "it does not say its name: give --name")
    country = found.claims[0].country
    zone, zone_doubt = timezone_of(country, (c.published_at for c in found.samples))
    if wishes.timezone:
        zone, zone_doubt = wishes.timezone, ""
    choice, pattern = found.choice, found.pattern
    doubts = [*doubts_of(found.claims), zone_doubt]
    doubts.append(f"no article pattern, {pattern.doubt}" if pattern.doubt else "")
    by_http = "" if choice.url.startswith("https:") else " Asked by http only."
    return Draft(
        slug=wishes.slug or slug_of(found.home.url, name),
        outlet=Outlet(name, country, found.languages, zone, _homepage(found.home.url)),
        listings=((choice.attribute, choice.url),),
        article_urls=pattern.regex,
        world_urls=choice.world_urls,
        world_sections=choice.world_sections,
        says=choice.says + by_http,
        doubts=tuple(filter(None, doubts)),
    )


def corrected(draft: Draft, articles: Sequence[Article], wishes: Wishes) -> Draft:
    """Return the draft in the language that the articles of the trial are in."""
    spoken = Counter(plain_tag(article.language) for article in articles if article.language)
    if wishes.language or not spoken:
        return draft
    language, count = spoken.most_common(1)[0]
    stated = draft.outlet.languages[0]
    is_same = language.split("-")[0] == stated.split("-")[0]
    if is_same or count < SPEAKING_ARTICLES or count < len(articles):
        return draft
    doubt = f"its home page says {stated}, its articles are in {language}"
    outlet = replace(draft.outlet, languages=(language,))
    return replace(draft, outlet=outlet, doubts=(*draft.doubts, doubt))


def hints_of(draft: Draft) -> Hints:
    """Return what helps to read the outlet's pages."""
    outlet = draft.outlet
    return Hints(timezone=outlet.timezone, languages=outlet.languages, site_name=outlet.name)


def _homepage(url: str) -> str:
    return url.rstrip("/") if urlsplit(url).path == "/" else url

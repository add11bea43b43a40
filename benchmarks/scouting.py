"""How much `dateline outlets add` tells of an outlet, measured on real pages with known answers.

    python benchmarks/scouting.py --catalogue outlets.json --pages FOLDER

The catalogue is a list of outlets: name, country, languages, homepage, section, feeds, article_url.
The folder holds stored pages of theirs (NAME.html.gz) beside their addresses (NAME.json). An
article's page has the same head and menus as the home page, so it stands for it; names and patterns
are compared with the catalogue's. Nothing is fetched.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from scraper.discovery.article_patterns import SAMPLES_MIN, learn_pattern
from scraper.discovery.homepages import HomePage, Link, is_world, read_homepage
from scraper.discovery.mastheads import best_name, plain_tag
from scraper.discovery.places import country_claims, timezone_of
from scraper.discovery.world_words import plain_word
from scraper.errors import ListingUnreadable
from scraper.urls import canonical_url, matches_pattern, site_of

LISTED_MAX = 12  # disagreements shown of each kind


def stored_pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the bytes of every stored page."""
    for path in sorted(folder.rglob("*.html.gz")):
        facts = json.loads(path.with_name(path.name.replace(".html.gz", ".json")).read_text("utf8"))
        yield facts["url"], gzip.decompress(path.read_bytes())


class Score:
    """Counts what agrees, and keeps what does not."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.wrong: dict[str, list[str]] = defaultdict(list)

    def count(self, what: str, agrees: bool, told: str) -> None:
        """Count one answer."""
        self.seen[what] += 1
        self.right[what] += agrees
        if not agrees:
            self.wrong[what].append(told)

    def show(self) -> None:
        """Print shares, and examples of what disagrees."""
        for what, seen in self.seen.items():
            print(f"{what:<44} {self.right[what]:>4} of {seen:>4}  {self.right[what] / seen:.0%}")
        for what, told in self.wrong.items():
            print(f"\n{what}: {len(told)} disagree")
            for line in told[:LISTED_MAX]:
                print(f"  {line}")


def judge_catalogue(outlets: list[dict[str, Any]], score: Score) -> None:
    """Judge what needs no page: sections by their words, clocks by their countries."""
    for outlet in outlets:
        tags = tuple(plain_tag(tag) for tag in outlet["languages"][:1])
        section = Link(outlet["section"]["url"], outlet["section"]["name"])
        if "http" in section.url and canonical_url(section.url) != canonical_url(
            outlet["homepage"]
        ):
            score.count("section known by name or address", is_world(section, tags), str(section))
        zone, _ = timezone_of(outlet["country"], ())
        score.count("time zone of the country", zone == outlet["timezone"], outlet["slug"])


def judge_pages(outlets: list[dict[str, Any]], folder: Path, score: Score) -> None:
    """Judge what stored pages tell, and the patterns that their links teach."""
    by_site: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for outlet in outlets:
        by_site[site_of(outlet["homepage"])].append(outlet)
    samples: dict[str, set[str]] = defaultdict(set)
    fronts: dict[str, set[str]] = defaultdict(set)
    known = {outlet["slug"]: outlet for outlet in outlets}
    for url, body in stored_pages(folder):
        for outlet in by_site.get(site_of(url), [])[:1]:
            try:
                page = read_homepage(body, url)
            except ListingUnreadable:
                continue
            _judge_page(outlet, page, score)
            if outlet["article_url"]:
                matching, others = _told_apart([url, *page.articles, *page.fronts], outlet)
                samples[outlet["slug"]] |= matching
                fronts[outlet["slug"]] |= others - {canonical_url(a) for a in page.articles}
    for slug, urls in samples.items():
        if len(urls) >= SAMPLES_MIN:
            _judge_pattern(known[slug], sorted(urls), sorted(fronts[slug]), score)


def _judge_page(outlet: dict[str, Any], page: HomePage, score: Score) -> None:
    slug = outlet["slug"]
    name = best_name(page.masthead, page.logos)
    said, wanted = plain_word(name), plain_word(outlet["name"])
    score.count("name", bool(said) and (said in wanted or wanted in said), f"{slug}: {name!r}")
    tags = page.masthead.languages[:1]
    wanted_tags = [plain_tag(tag) for tag in outlet["languages"]]
    score.count("language", bool(tags) and tags[0] in wanted_tags, f"{slug}: {tags}")
    claims = country_claims(page.url, page.masthead)
    if claims:
        first = claims[0]
        told = f"{slug}: {first.country} by {first.source}"
        score.count("country, where told", first.country == outlet["country"], told)
    score.count("country told at all", bool(claims), slug)
    section = canonical_url(outlet["section"]["url"])
    found = [canonical_url(link.url) for link in page.worlds]
    told = f"{slug}: {unquote(found[0]) if found else 'none'}, not {section}"
    score.count("world section first among the links", found[:1] == [section], told)


def _told_apart(urls: list[str], outlet: dict[str, Any]) -> tuple[set[str], set[str]]:
    matching = {canonical_url(u) for u in urls if matches_pattern(outlet["article_url"], u)}
    return matching, {canonical_url(u) for u in urls} - matching


def _judge_pattern(
    outlet: dict[str, Any], urls: list[str], fronts: list[str], score: Score
) -> None:
    learnt = learn_pattern(urls, [*fronts, outlet["homepage"], outlet["section"]["url"]])
    found = sum(bool(learnt.regex) and matches_pattern(learnt.regex, url) for url in urls)
    mistaken = sum(bool(learnt.regex) and matches_pattern(learnt.regex, url) for url in fronts)
    told = f"{outlet['slug']}: {learnt.regex or learnt.doubt}"
    score.count("pattern found", bool(learnt.regex), told)
    if learnt.regex:
        score.count("pattern matches nine of ten articles", found >= 0.9 * len(urls), told)
        score.count("pattern matches no front", mistaken == 0, told)


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--pages", type=Path, required=True)
    options = parser.parse_args()
    outlets = json.loads(options.catalogue.read_text("utf8"))
    score = Score()
    judge_catalogue(outlets, score)
    judge_pages(outlets, options.pages, score)
    score.show()


if __name__ == "__main__":
    main()

"""What `dateline outlets check` found, as facts for a person and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from scraper.archive.values import time_text_or_none
from scraper.commands.record_lines import minute, record_facts, record_json, record_line
from scraper.crawl.checking import ArticleCheck, ListingCheck, OutletCheck
from scraper.crawl.remarks import Remark
from scraper.terminal import Fact

BODY_LINES = 3  # of an article's text that are shown


def check_sections(
    check: OutletCheck, remarks: Sequence[Remark], *, is_whole: bool
) -> Iterator[tuple[str, list[Fact]]]:
    """Yield headings and facts: the verdict, what to do, the listings, each article.

    Args:
        check: what came.
        remarks: what it tells.
        is_whole: tell each field of an article with its source, besides a line of it.
    """
    facts = _verdict(remarks)
    facts += [Fact(f"{one.kind} {one.url}", tuple(_listing(check, one))) for one in check.listings]
    facts += [Fact(f"article {one.url}", tuple(_article(one))) for one in check.articles]
    yield f"{check.spider.name}: {check.spider.outlet.name}", facts
    for asked in check.articles if is_whole else ():
        if asked.article is not None:
            yield asked.url, [_cut(fact) for fact in record_facts(asked.article)]


def _verdict(remarks: Sequence[Remark]) -> list[Fact]:
    is_well = not any(remark.needs_person for remark in remarks)
    found = [Fact("verdict", ("well" if is_well else "needs a person",))]
    for label, needs_person in (("to mend", True), ("worth knowing", False)):
        told = tuple(f"{r.about}: {r.words}" for r in remarks if r.needs_person == needs_person)
        if told:
            found.append(Fact(label, told))
    return found


def _cut(fact: Fact) -> Fact:
    if fact.label != "body" or len(fact.lines) <= BODY_LINES:
        return fact
    return replace(fact, lines=(*fact.lines[:BODY_LINES], "…"))


def _listing(check: OutletCheck, one: ListingCheck) -> Iterator[str]:
    status = "no answer" if one.status is None else f"HTTP {one.status}"
    if one.answered_by:
        yield f"answered by {one.answered_by}"
    if one.read_below:
        yield f"an index; read was {one.read_below}"
    if one.problem:
        kind = f" ({one.page_kind})" if one.page_kind else ""
        yield status if one.problem == status else f"{status}: {one.problem}{kind}"
        return
    newest = f", the newest of {minute(one.newest_at)}" if one.newest_at else ""
    yield f"{status}: {len(one.entries)} entries{newest}"
    spider = check.spider
    if spider.article_urls:
        yield f"{one.matching} are of the form of its articles"
    if spider.article_urls or spider.world_urls or spider.world_sections:
        yield f"{len(one.wanted)} would be taken"


def _article(asked: ArticleCheck) -> Iterator[str]:
    status = "no answer" if asked.status is None else f"HTTP {asked.status}"
    kind = f" ({asked.page_kind})" if asked.page_kind else ""
    yield f"{status}: {asked.problem}{kind}" if asked.problem not in ("", status) else status
    if asked.answered_by:
        yield f"answered by {asked.answered_by}"
    if asked.article is not None:
        yield record_line(asked.article)


def check_json(check: OutletCheck, remarks: Sequence[Remark]) -> dict[str, Any]:
    """Return the same as JSON has it; of entries their numbers, and the first to be taken."""
    return {
        "slug": check.spider.name,
        "listings": [_listing_json(one) for one in check.listings],
        "articles": [
            {
                "url": asked.url,
                "status": asked.status,
                "problem": asked.problem or None,
                "page_kind": asked.page_kind or None,
                "answered_by": asked.answered_by or None,
                "record": None if asked.article is None else record_json(asked.article),
            }
            for asked in check.articles
        ],
        "remarks": [asdict(remark) for remark in remarks],
        "needs_person": any(remark.needs_person for remark in remarks),
    }


def _listing_json(one: ListingCheck) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "url": one.url,
        "status": one.status,
        "problem": one.problem or None,
        "page_kind": one.page_kind or None,
        "answered_by": one.answered_by or None,
        "read_below": one.read_below or None,
        "entries": len(one.entries),
        "newest_at": time_text_or_none(one.newest_at),
        "matching": one.matching,
        "wanted": len(one.wanted),
        "first": one.wanted[0].url if one.wanted else None,
    }

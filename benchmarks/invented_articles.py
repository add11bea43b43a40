"""Invented articles as the real writer would have stored them: the rows of every table, in batches.

Words come from `invented_texts`, outlets and times from `invented_outlets`.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import invented_names as names
import invented_outlets as landscape
import numpy as np
from invented_texts import Text, Vocabulary, Writer, first_sentence

TAG_WORDS = slice(500, 900)  # words of a vocabulary that serve as tags
TAGS_MAX = 5
DESK = 40  # authors of one outlet
PAYWALLED_SHARE, AGENCY_SHARE, UNSIGNED_SHARE, TWO_SHARE, PHOTO_SHARE = 0.06, 0.08, 0.04, 0.15, 0.05
EXTRACTOR = "dateline 0.1.0, trafilatura 2.3.0"
RECHECK_SECONDS = 7 * landscape.DAY

Rows = dict[str, list[dict[str, Any]]]


class Composer:
    """Makes the rows of a batch of articles; one for each process."""

    def __init__(self, seed: int, articles: int, full_share: float) -> None:
        chance = np.random.default_rng(seed)
        self.outlets = landscape.outlets()
        self.runs = landscape.plan_runs(chance, len(self.outlets))
        self.timeline = landscape.plan_articles(chance, self.outlets, self.runs, articles)
        self.run_rows = landscape.run_rows(self.outlets, self.runs, self.timeline)
        self._run_ids = {row.pop("place"): n for n, row in enumerate(self.run_rows, 1)}
        self._seed, self._full_share = seed, full_share
        self._vocabularies = {name: Vocabulary(name) for name in landscape.LANGUAGES}
        self.author_ids = _numbered(map(names.author_names, landscape.LANGUAGES))
        self.author_ids |= {
            name: len(self.author_ids) + n
            for n, name in enumerate(
                sorted({a for pair in names.AGENCIES.values() for a in pair}), 1
            )
        }
        self.tag_ids = _numbered(v.words[TAG_WORDS] for v in self._vocabularies.values())
        self._captures_of: dict[int, list[int]] = {}
        for place, article in enumerate(self.timeline.captures[:, 0].tolist()):
            self._captures_of.setdefault(article, []).append(place)

    def batch(self, start: int, count: int) -> Rows:
        """Return the rows of some articles from a place in the timeline on, by table."""
        chance = np.random.default_rng((self._seed, start))
        writers = {name: Writer(v, chance) for name, v in self._vocabularies.items()}
        rows: Rows = defaultdict(list)
        for place in range(start, min(start + count, len(self.timeline.outlet))):
            outlet = self.outlets[self.timeline.outlet[place]]
            language = outlet.languages[-1 if self.timeline.is_second[place] else 0]
            self._compose(rows, place, writers[language], chance)
        return dict(rows)

    def _compose(self, rows: Rows, place: int, writer: Writer, chance: np.random.Generator) -> None:
        article, timeline = place + 1, self.timeline
        outlet = self.outlets[timeline.outlet[place]]
        language = outlet.languages[-1 if timeline.is_second[place] else 0]
        published = landscape.text_of(timeline.published[place])
        before, now = int(place * self._full_share), int(article * self._full_share)
        text = writer.write(article, published[:7], is_full=now > before)
        byline, credits = self._credits(outlet, language, chance)
        url = f"https://www.{outlet.slug}.example/{published[:10].replace('-', '/')}/{article}"
        section = names.SECTIONS[language].split(",")[int(chance.zipf(1.5)) % 8]
        known = {"article": article, "url": url, "outlet": outlet.slug, "byline": byline}
        known |= {"section": section, "language": language, "published_at": published}
        last = self._revise(rows, known, writer, text, chance)
        rows["articles"].append(self._article(place, known, last, chance))
        known |= {"title": text.title, "found_at": last["first_at"], "seen_at": last["first_at"]}
        known |= {"listing": int(timeline.outlet[place]) * 2 + 1, "link": url, "state": "settled"}
        known |= {"outcome": "revised" if last["number"] > 1 else "new", "kind": "final"}
        rows["candidates"].append(known | {"settled_at": last["captured_at"]})
        rows["article_urls"].append(known)
        for position, credit in enumerate(credits, 1):
            rows["article_authors"].append({"article": article, "position": position} | credit)
        words = self._vocabularies[language].words[TAG_WORDS]
        chosen = {
            words[int(t) % len(words)] for t in chance.zipf(1.3, chance.integers(TAGS_MAX + 1))
        }
        rows["article_tags"] += [
            {"article": article, "tag": self.tag_ids[t]} for t in sorted(chosen)
        ]

    def _revise(
        self,
        rows: Rows,
        known: dict[str, Any],
        writer: Writer,
        text: Text,
        chance: np.random.Generator,
    ) -> dict[str, Any]:
        """Make the rows of an article's revisions and captures; return the last revision."""
        row: dict[str, Any] = {"modified_told": None}
        place = known["article"] - 1
        outlet = int(self.timeline.outlet[place])
        for capture in self._captures_of[place]:
            _, number, at, day = self.timeline.captures[capture].tolist()
            if number > 1:
                text = writer.edit(text)
            is_told = number > 1 and chance.random() < 0.5
            row = row | {
                "id": capture + 1,
                "article": place + 1,
                "number": number,
                "title": text.title,
                "body": text.body,
                "byline": known["byline"],
                "captured_at": landscape.text_of(at),
                "modified_at": landscape.text_of(at - 900) if is_told else None,
                "changed": json.dumps(_changed(number, text)),
                "capture": capture + 1,
                "content_hash": _digest(f"{text.title}\0{known['byline']}\0{text.body}"),
                "extractor": EXTRACTOR,
            }
            row.setdefault("first_at", row["captured_at"])
            row["modified_told"] = row["modified_at"] or row["modified_told"]
            rows["revisions"].append(row)
            rows["captures"].append(self._capture(known, row, outlet, day))
        return row

    def _capture(
        self, known: dict[str, Any], row: dict[str, Any], outlet: int, day: int
    ) -> dict[str, Any]:
        return {
            "id": row["capture"],
            "url": known["url"],
            "outlet": known["outlet"],
            "crawl_run": self._run_ids[outlet * self.runs.is_made.shape[1] + day],
            "captured_at": row["captured_at"],
            "status": 200,
            "content_type": "text/html; charset=utf-8",
            "body_bytes": 60_000 + 8 * len(row["body"]),
            "sha256": _digest(f"{known['url']} {row['number']}"),
            "etag": f'"{row["id"]:x}"',
            "warc_file": f"{known['outlet']}-{row['captured_at'][:7]}.warc.gz",
            "warc_offset": row["id"] * 400,
            "warc_bytes": 15_000 + len(row["body"]),
        }

    def _article(
        self, place: int, known: dict[str, Any], last: dict[str, Any], chance: np.random.Generator
    ) -> dict[str, Any]:
        outlet = self.outlets[self.timeline.outlet[place]]
        is_spaced = known["language"] not in ("ja", "zh")
        body, at = last["body"], int(self.timeline.captured[place])
        horizon = landscape.EPOCH + landscape.LAST * landscape.DAY
        is_recent = at + RECHECK_SECONDS > horizon
        checked = landscape.text_of(horizon if is_recent else at + RECHECK_SECONDS)
        gone = landscape.text_of(removed) if (removed := int(self.timeline.gone[place])) else ""
        sources = {"title": "json-ld", "body": "text", "byline": "json-ld"}
        return known | {
            "id": place + 1,
            "title": last["title"],
            "body": body,
            "country": outlet.country,
            "description": first_sentence(body, "." if is_spaced else "。"),
            "modified_at": last["modified_told"],
            "captured_at": last["first_at"],
            "checked_at": max(checked, last["captured_at"], gone),
            "next_check_at": landscape.text_of(horizon + at % landscape.DAY) if is_recent else None,
            "gone_at": gone or None,
            "word_count": len(body.split()) if is_spaced else len(body),
            "image_url": f"{known['url']}.jpg",
            "is_paywalled": int(chance.random() < PAYWALLED_SHARE),
            "revision_count": last["number"],
            "capture": last["capture"],
            "content_hash": last["content_hash"],
            "field_sources": json.dumps(sources),
            "kind": "opinion" if place % 25 == 0 else "article",
            "published_precision": "second",
            "stated_language": known["language"],
            "key_points": "[]",
            "date_evidence": json.dumps([_claim(known["published_at"])]),
            "extractor": EXTRACTOR,
        }

    def _credits(
        self, outlet: landscape.Outlet, language: str, chance: np.random.Generator
    ) -> tuple[str, list[dict[str, Any]]]:
        """Return a byline as printed, and who is named in it."""
        luck = chance.random(3)
        if luck[0] < UNSIGNED_SHARE:
            return "", []
        if luck[0] < UNSIGNED_SHARE + AGENCY_SHARE:
            agency = names.AGENCIES[language][int(luck[1] * 2)]
            return agency, [self._credit(agency, "agency", "organisation", is_author=True)]
        staff = names.author_names(language)
        picks = chance.zipf(1.4, 3) % DESK + outlet.number * 29
        people = list(dict.fromkeys(staff[int(pick) % len(staff)] for pick in picks))
        writers = people[: 2 if luck[1] < TWO_SHARE else 1]
        byline = names.BY.get(language, "") + names.AND.get(language, "、").join(writers)
        credits = [self._credit(name, "author", "person", is_author=True) for name in writers]
        if luck[2] < PHOTO_SHARE and people[-1] not in writers:
            credits.append(self._credit(people[-1], "photographer", "person", is_author=False))
        return byline, credits

    def _credit(self, name: str, role: str, kind: str, *, is_author: bool) -> dict[str, Any]:
        number = self.author_ids[name]
        return {"author": number, "role": role, "kind": kind, "is_author": int(is_author)}


def _claim(published_at: str) -> dict[str, Any]:
    return {
        "field": "published_at",
        "raw": published_at,
        "source": "json-ld",
        "at": published_at,
        "zone": "stated",
        "precision": "second",
        "chosen": True,
        "why": "stated by the article's own record",
    }


def _numbered(lists: Iterable[list[str]]) -> dict[str, int]:
    return {name: n for n, name in enumerate(dict.fromkeys(n for some in lists for n in some), 1)}


def _changed(number: int, text: Text) -> list[str]:
    if number == 1:
        return []
    return ["title"] if text.change == "headline" else ["body"]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

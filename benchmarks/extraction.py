"""The extractor beside trafilatura's default: CPU per page in one run, and what scores them.

    .venv/bin/python benchmarks/extraction.py [--rounds 3] [--pages DIR]

prints the median CPU time per page of both, each page extracted by one and then the other, and
the ratio of the medians (at most 1 is wanted). Pages are ../shared/pages where that is present,
else the invented ones of the tests. Times of one run can be compared with each other only.

How right the answers are is told by the shared scorer, which takes a function of this module:

    .venv/bin/python ../shared/quality/score.py benchmarks.extraction:dateline
    .venv/bin/python ../shared/quality/score.py benchmarks.extraction:trafilatura_default
"""

import argparse
import contextlib
import gzip
import json
import math
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trafilatura
from trafilatura.settings import Extractor

from scraper.errors import ScraperError
from scraper.extraction.article import extract
from scraper.records import Capture

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "pages"
INVENTED = ROOT / "tests" / "pages"


def dateline(page: bytes, url: str) -> dict[str, Any]:
    """Return our record of a page as the shared scorer wants it."""
    article = extract(Capture(url=url, body=page))
    return {
        "text": article.body,
        "title": article.title,
        "authors": list(article.authors),
        "published": article.published_at,
        "language": article.language,
        "image": article.image_url,
        "topics": list(article.tags),
    }


def trafilatura_default(page: bytes, url: str) -> dict[str, Any]:
    """Return trafilatura's record of a page, with its own defaults."""
    options = Extractor(output_format="python", with_metadata=True, url=url)
    found: Any = trafilatura.bare_extraction(page, url=url, options=options)
    if found is None:
        return {}
    authors = (found.author or "").split("; ")
    return {"text": found.text, "title": found.title, "authors": authors, "published": found.date}


def load(folder: Path) -> list[tuple[str, bytes, str]]:
    """Return the pages below a folder: name, bytes, URL."""
    found = []
    for answer in sorted(folder.rglob("*.json")):
        packed, plain = answer.with_name(f"{answer.stem}.html.gz"), answer.with_suffix(".html")
        body = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
        found.append((answer.stem, body, json.loads(answer.read_text("utf8"))["url"]))
    return found


def _timed(function: Callable[[], Any]) -> float:
    begun = time.process_time()
    with contextlib.suppress(ScraperError):  # no article: an answer, too
        function()
    return time.process_time() - begun


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--pages", type=Path, default=SHARED if SHARED.exists() else INVENTED)
    given = options.parse_args()
    pages = load(given.pages)
    for _, body, url in pages[:5]:  # models and tables are loaded once
        _timed(lambda body=body, url=url: dateline(body, url))  # type: ignore[misc]
        trafilatura.extract(body, url=url)
    ours, theirs = [math.inf] * len(pages), [math.inf] * len(pages)
    for _ in range(given.rounds):  # a page comes again only after all others, as in a crawl
        for number, (_, body, url) in enumerate(pages):
            mine = _timed(lambda body=body, url=url: extract(Capture(url=url, body=body)))  # type: ignore[misc]
            other = _timed(lambda body=body, url=url: trafilatura.extract(body, url=url))  # type: ignore[misc]
            ours[number], theirs[number] = min(ours[number], mine), min(theirs[number], other)
    for name, times in (("dateline", ours), ("trafilatura default", theirs)):
        print(
            f"{name:20} median {statistics.median(times) * 1000:6.1f} ms a page, "
            f"mean {statistics.mean(times) * 1000:6.1f} ms"
        )
    print(f"ratio of the medians {statistics.median(ours) / statistics.median(theirs):.2f}")


if __name__ == "__main__":
    main()

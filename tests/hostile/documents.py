"""Pages and listings to start from: the invented ones of these tests, the demo world's, real ones."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from scraper.demo.outlets import OUTLETS
from scraper.demo.world import NewsWorld

TESTS = Path(__file__).parent.parent
REAL = TESTS.parent.parent / "shared" / "pages"
NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
KINDS = {"section": "section", "sitemap": "news_sitemap", "sitemap index": "news_sitemap"}
# How often each is drawn. Real pages take several times as long as invented ones.
SHARES = {"real": 0.15, "invented": 0.43, "feed": 0.2, "news_sitemap": 0.12, "section": 0.1}


@dataclass(frozen=True, slots=True)
class Document:
    """What one address answers: a page, or a listing of its kind, as `read_listing` names them."""

    kind: str
    url: str
    body: bytes
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """Documents by group; within a group, the smaller ones are drawn more often."""

    groups: dict[str, tuple[Document, ...]]

    def draw(self, rng: random.Random) -> Document:
        """Return one document, by the groups' shares."""
        names = [name for name, documents in self.groups.items() if documents]
        name = rng.choices(names, [SHARES[name] for name in names])[0]
        documents = self.groups[name]
        return rng.choices(documents, [1 / (len(d.body) + 10_000) for d in documents])[0]


def collect(folder: Path | None) -> Library:
    """Return every document there is; `folder` holds the real pages, None for none."""
    invented = [*_saved_pages(), *_demo_pages()]
    real = [*_real_pages(folder)] if folder is not None else []
    # An article may stand where a section page was: a crawl reads whatever answers.
    moved = [Document("section", page.url, page.body) for page in (real or invented)[::5]]
    groups: dict[str, list[Document]] = {"real": real, "invented": invented}
    for document in [*_saved_listings(), *_demo_listings(), *moved]:
        groups.setdefault(document.kind, []).append(document)
    return Library({name: tuple(documents) for name, documents in groups.items()})


def _saved_pages() -> Iterator[Document]:
    for path in sorted(TESTS.glob("pages/*/*.json")):
        case = json.loads(path.read_text("utf8"))
        kind = case.get("headers", {}).get("Content-Type", "text/html")
        yield Document("page", case["url"], path.with_suffix(".html").read_bytes(), kind)


def _saved_listings() -> Iterator[Document]:
    for path in sorted(TESTS.glob("listings/*/*")):
        if not path.name.endswith(".expected.json"):
            yield Document(path.parent.name, "https://courier.example/listing", path.read_bytes())


def _demo_pages() -> Iterator[Document]:
    world = NewsWorld(now=NOW)
    for expected in world.expected():
        answer = world.answer(expected.outlet, urlsplit(expected.url).path)
        yield Document("page", expected.url, answer.body, answer.content_type)


def _demo_listings() -> Iterator[Document]:
    world = NewsWorld(now=NOW)
    for outlet in OUTLETS:
        for kind, path in outlet.listings:
            answer = world.answer(outlet.slug, path)
            url = world.origin(outlet.slug) + path
            yield Document(KINDS.get(kind, "feed"), url, answer.body, answer.content_type)


def _real_pages(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.rglob("*.html.gz")):
        about = path.with_name(path.name.removesuffix(".html.gz") + ".json")
        url = json.loads(about.read_text("utf8"))["url"]
        yield Document("page", url, gzip.decompress(path.read_bytes()), "text/html")

"""Articles whose pages lost their dates, and the pages of links that they must not be taken for."""

import json

import pytest

from scraper.errors import NotAnArticle
from scraper.extraction.article import extract
from scraper.records import Capture

URL = "https://news.example/economy/dockers-walk-out-at-halm"
TITLE = "Dockers walk out at Halm"
LINES = (
    "In the grain port of Halm 3200 dockers have begun a strike that has no end date, their union said.",
    "Pilots count 48 empty ships before the mouth of the port, and more are on their way to it.",
    "The company called the strike excessive but offered talks, which the union will answer tomorrow.",
)
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
LINKS = "".join(
    f"<li><a href=/n/{n}>Ward {n} votes on its new bridge after a long debate</a></li>"
    for n in range(12)
)
SCOPE = "<article itemscope itemtype=https://schema.org/NewsArticle>"


def page(inner: str, head: str = "") -> Capture:
    html = f"<html><head><meta charset=utf-8><title>{TITLE}</title>{head}</head><body><main>{inner}</main><aside><ul>{LINKS}</ul></aside></body></html>"
    return Capture(URL, html.encode(), {"Content-Type": "text/html"})


def linked_data(address: str) -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, "mainEntityOfPage": address}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def microdata(text: str) -> str:
    headline = f"<h1 itemprop=headline>{TITLE}</h1>"
    return f"{SCOPE}{headline}<div itemprop=articleBody>{text}</div></article>"


PLAIN = f"<h1>{TITLE}</h1>{TEXT}"


@pytest.mark.parametrize(
    ("inner", "head"), [(microdata(TEXT), ""), (PLAIN, linked_data(URL))], ids=["micro", "json-ld"]
)
def test_short_undated_article_that_its_page_sets_apart_from_its_links(
    inner: str, head: str
) -> None:
    assert extract(page(inner, head)).body.startswith(LINES[0])


@pytest.mark.parametrize(
    ("inner", "head"),
    [
        (PLAIN, ""),
        (PLAIN, linked_data("https://news.example/economy/another")),
        (microdata(f"<p>{LINES[0]}</p><p>{LINES[1]}</p><ul>{LINKS}</ul>"), ""),
        (f"<h1>{TITLE}</h1>{SCOPE}<h2 itemprop=headline>{TITLE}</h2></article>{TEXT}", ""),
    ],
    ids=["states nothing", "states another", "sets links apart", "sets a teaser apart"],
)
def test_few_undated_sentences_among_many_links_are_a_section(inner: str, head: str) -> None:
    with pytest.raises(NotAnArticle) as raised:
        extract(page(inner, head))
    assert raised.value.kind == "section page"

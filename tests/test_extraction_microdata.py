"""Schema.org statements in attributes: microdata and RDFa as outlets write them."""

import time

from lxml import html

from scraper.extraction.linked_data import texts
from scraper.extraction.microdata import microdata

NEWS = "itemscope itemtype=https://schema.org/NewsArticle"


def test_article_around_the_heading_is_chosen_over_teasers() -> None:
    tree = html.document_fromstring(
        f"<div {NEWS}><span itemprop=headline>Snow</span></div>"
        f"<div {NEWS}><h1 itemprop=headline>Rain</h1></div>"
    )
    assert microdata(tree)["headline"] == ["Rain"]


def test_properties_of_inner_items_stay_theirs() -> None:
    tree = html.document_fromstring(
        f"<article {NEWS}><h1 itemprop=headline>Rain</h1>"
        "<div itemprop=publisher itemscope itemtype=https://schema.org/Organization>"
        "<meta itemprop=name content='The Post'></div>"
        "<a itemprop=author href=/ana>Ana Sala</a><a itemprop=url href=/rain>here</a></article>"
    )
    found = microdata(tree)
    assert found["publisher"][0]["name"] == "The Post"
    assert "name" not in found
    assert (texts(found["author"]), found["url"]) == (["Ana Sala"], ["/rain"])


def test_rdfa_is_read_with_a_vocabulary_and_with_prefixes() -> None:
    for kind, prefix in (
        ("NewsArticle", ""),
        ("schema:NewsArticle", "schema:"),
        ("rnews:Article", "rnews:"),
    ):
        tree = html.document_fromstring(
            f"<main vocab='http://schema.org/' typeof='{kind}'><h1 property='{prefix}headline'>Rain</h1>"
            f"<span property='{prefix}author' typeof=Person><b property='{prefix}name'>Ana</b></span>"
            f"<time property='{prefix}datePublished' datetime=2026-03-01>1 March</time></main>"
        )
        found = microdata(tree)
        assert (found["headline"], found["datePublished"]) == (["Rain"], ["2026-03-01"])
        assert texts(found["author"]) == ["Ana"]


def test_opengraph_is_not_taken_for_rdfa_of_the_article() -> None:
    tree = html.document_fromstring(
        "<html typeof=Article><head><meta property=og:title content=X>"
        "<meta property=article:author content=Y></head><body><h1 property=headline>Rain"
    )
    assert set(microdata(tree)) == {"@type", "headline"}


def test_page_without_any_has_none() -> None:
    assert (
        microdata(html.document_fromstring("<div itemscope itemtype=https://schema.org/WPHeader>"))
        == {}
    )


def test_hostile_nesting_is_read_soon() -> None:
    nested = f"<div {NEWS} itemprop=a><p itemprop=b>" * 2_000
    begun = time.process_time()
    microdata(html.document_fromstring(f"<body>{nested}"))
    assert time.process_time() - begun < 2

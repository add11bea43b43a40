"""What is remembered of one page's class names for the next is small, however long they are."""

import tracemalloc
from collections.abc import Callable

import pytest
from lxml.html import HtmlElement, fromstring

from scraper.extraction.element_names import element_says
from scraper.extraction.text.live_blogs import keep_entry_times
from scraper.extraction.topics import shown_topics

BOXES = 200
NAME_CHARS = 50_000
KEPT_MAX_BYTES = 2_000_000


def named_boxes(tree: HtmlElement) -> None:
    for box in tree.iter("div"):
        element_says(box)


def live_entries(tree: HtmlElement) -> None:
    keep_entry_times(tree, {})


@pytest.mark.parametrize("read", [shown_topics, named_boxes, live_entries])
def test_long_names_are_not_kept(read: Callable[[HtmlElement], object]) -> None:
    boxes = "".join(
        f"<div class='live{n}{'x' * NAME_CHARS}'><time>10:15</time><a href=/{n}>Tag {n}</a></div>"
        for n in range(BOXES)
    )
    tree = fromstring(f"<body><h1>Rain</h1>{boxes}</body>")
    tracemalloc.start()
    read(tree)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < KEPT_MAX_BYTES

"""The furniture of a page: everything a reader sees around an article that is not the article."""

import unicodedata
from collections.abc import Sequence
from html import escape

from scraper.demo.outlets import DemoOutlet, Printed

SECTIONS = ("world", "economy", "science", "society")
LISTED = 4  # how many headlines a related, latest or popular list shows
NETWORKS = ("Chirrup", "Facepage", "Telepost")  # invented, as all else here
WORDS_PER_MINUTE = 60  # paragraphs are short: this only has to look like a reading time
RIGHT_TO_LEFT = ("ar", "he")


def section_slug(outlet: DemoOutlet, section: str) -> str:
    """Return a section's name in paths: the outlet's own word where its letters are Latin.

    >>> from scraper.demo.outlets import OUTLETS
    >>> section_slug(OUTLETS[14], "economy"), section_slug(OUTLETS[0], "economy")
    ('economie', 'economy')
    """
    plain = unicodedata.normalize("NFKD", outlet.words.word(section).lower())
    letters = "".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i")
    return letters.replace(" ", "-") if letters.isascii() else section


def header(outlet: DemoOutlet) -> str:
    """Return the masthead with the navigation."""
    links = "".join(
        f'<li><a href="/{section_slug(outlet, key)}">{escape(outlet.words.word(key))}</a></li>'
        for key in SECTIONS
    )
    return (
        f'<header class="site-header"><a class="logo" href="/">{escape(outlet.name)}</a>\n'
        f'<nav class="menu"><ul>{links}'
        f'<li><a href="/login">{escape(outlet.words.word("login"))}</a></li></ul></nav></header>'
    )


def breadcrumb(article: Printed) -> str:
    """Return the trail from the front page to the article's section."""
    outlet = article.outlet
    return (
        f'<div class="breadcrumb"><a href="/">{escape(outlet.words.word("home"))}</a> › '
        f'<a href="/{section_slug(outlet, article.text.section)}">{escape(article.section)}</a></div>'
    )


def cookie_bar(outlet: DemoOutlet) -> str:
    """Return the consent bar."""
    return (
        f'<div id="cookie-bar" role="dialog"><p>{escape(outlet.words.word("cookies"))}</p>'
        f"<button>{escape(outlet.words.word('accept'))}</button></div>"
    )


def advert(outlet: DemoOutlet, number: int) -> str:
    """Return an advertisement; another number, another one."""
    text = outlet.words.adverts[number % len(outlet.words.adverts)]
    return f'<aside class="ad-slot" data-creative="{number}"><a href="/ad/{number}">{escape(text)}</a></aside>'


def reading_time(article: Printed) -> str:
    """Return the estimate of how long the article takes to read."""
    minutes = 1 + sum(len(p) for p in article.paragraphs) // (WORDS_PER_MINUTE * 6)
    return escape(article.outlet.words.word("reading").format(minutes))


def share_links(outlet: DemoOutlet) -> str:
    """Return links to networks."""
    words = outlet.words
    links = "".join(
        f'<li><a href="/share?to={n.lower()}" rel="nofollow">{escape(words.word("share_on").format(n))}</a></li>'
        for n in NETWORKS
    )
    return f'<div class="share"><h4>{escape(words.word("share"))}</h4><ul>{links}</ul></div>'


def headlines(css: str, title: str, articles: Sequence[Printed]) -> str:
    """Return a titled list of other articles."""
    links = "".join(
        f'<li><a href="{escape(a.path)}">{escape(a.title)}</a></li>' for a in articles[:LISTED]
    )
    return f'<section class="{css}"><h3>{escape(title)}</h3><ul>{links}</ul></section>'


def comments(outlet: DemoOutlet) -> str:
    """Return the comment form."""
    words = outlet.words
    return (
        f'<section id="comments" class="comments"><h3>{escape(words.word("comments"))} (0)</h3>'
        f'<form action="/comment" method="post"><label>{escape(words.word("name"))} <input name="n"></label>'
        f'<textarea name="t"></textarea><button>{escape(words.word("comment_button"))}</button></form></section>'
    )


def newsletter(outlet: DemoOutlet) -> str:
    """Return the box that asks for the reader's address."""
    words = outlet.words
    return (
        f'<div class="newsletter"><h3>{escape(words.word("newsletter"))}</h3>'
        f"<p>{escape(words.word('newsletter_text'))}</p></div>"
    )


def footer(outlet: DemoOutlet) -> str:
    """Return the foot of the page."""
    words = outlet.words
    return (
        f"<footer><p>© {escape(outlet.name)}. {escape(words.word('rights'))}</p>"
        f'<a href="/privacy">{escape(words.word("privacy"))}</a></footer>'
    )


def html_tag(outlet: DemoOutlet) -> str:
    """Return the opening `<html>` tag with language and direction."""
    direction = ' dir="rtl"' if outlet.language in RIGHT_TO_LEFT else ""
    return f'<html lang="{outlet.language}"{direction}>'

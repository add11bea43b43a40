"""The documents in which the outlets list their articles: RSS, RDF, Atom, JSON Feed, sitemaps.

RSS 2.0 with Dublin Core and content modules, RSS 1.0 (RDF), Atom (RFC 4287), JSON Feed 1.1,
sitemaps.org sitemaps with Google's news tags, and robots.txt (RFC 9309).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from scraper.demo.outlets import DemoOutlet, Printed

RSS_SPACES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
TRACKING = "?utm_source=rss&utm_medium=feed&utm_campaign=portada"
AMP_EVERY = 3  # every third link of the outlet with AMP twins leads to the twin
DISALLOWED = ("/search", "/login", "/subscribers/")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a listing says of one address."""

    link: str
    title: str
    published_at: datetime
    modified_at: datetime
    section: str = ""
    summary: str = ""
    creator: str = ""
    label: str = ""
    html: str = ""


def entry_of(article: Printed, position: int) -> Entry:
    """Return an article's entry, times on the outlet's clock; `position` counts from 0."""
    clock = article.outlet.clock
    link = article.url
    if article.outlet.has_amp:
        link += ("amp/" if position % AMP_EVERY == AMP_EVERY - 1 else "") + TRACKING
    return Entry(
        link=link,
        title=article.title,
        published_at=article.published_at.astimezone(clock),
        modified_at=article.modified_at.astimezone(clock),
        section=article.section,
        summary=article.description,
        creator=article.outlet.joiner.join(article.authors),
        label=article.label,
        html="".join(f"<p>{escape(p)}</p>" for p in article.paragraphs[:2]),
    )


def write_rss(outlet: DemoOutlet, origin: str, entries: Sequence[Entry]) -> str:
    """Return RSS 2.0; its encoding is declared as the outlet's own."""
    items = "\n".join(
        f"<item><title>{escape(e.title)}</title><link>{escape(e.link)}</link>"
        f'<guid isPermaLink="false">{escape(e.link.split("?utm")[0])}</guid>'
        f"<pubDate>{format_datetime(e.published_at)}</pubDate><dc:creator>{escape(e.creator)}</dc:creator>"
        f"<category>{escape(e.section)}</category><category>{escape(e.label)}</category>"
        f"<description>{escape(e.summary)}</description>"
        f"<content:encoded><![CDATA[{e.html}]]></content:encoded></item>"
        for e in entries
    )
    return (
        f'<?xml version="1.0" encoding="{outlet.charset}"?>\n<rss version="2.0" {RSS_SPACES}>\n'
        f"<channel><title>{escape(outlet.name)}</title><link>{origin}/</link>"
        f"<description>{escape(outlet.words.word('latest'))}</description>"
        f"<language>{outlet.language}</language>\n{items}\n</channel></rss>\n"
    )


def write_rdf(outlet: DemoOutlet, origin: str, entries: Sequence[Entry]) -> str:
    """Return RSS 1.0, always in UTF-8: few XML parsers know Shift_JIS."""
    order = "".join(f'<rdf:li rdf:resource="{escape(e.link)}"/>' for e in entries)
    items = "\n".join(
        f'<item rdf:about="{escape(e.link)}"><title>{escape(e.title)}</title><link>{escape(e.link)}</link>'
        f"<description>{escape(e.summary)}</description><dc:date>{e.published_at.isoformat()}</dc:date>"
        f"<dc:creator>{escape(e.creator)}</dc:creator><dc:subject>{escape(e.section)}</dc:subject></item>"
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{origin}/"><title>{escape(outlet.name)}</title><link>{origin}/</link>'
        f"<description>{escape(outlet.words.word('latest'))}</description><dc:language>{outlet.language}</dc:language>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>\n{items}\n</rdf:RDF>\n"
    )


def write_atom(outlet: DemoOutlet, origin: str, entries: Sequence[Entry]) -> str:
    """Return Atom."""
    items = "\n".join(
        f'<entry><title>{escape(e.title)}</title><link rel="alternate" href="{escape(e.link)}"/><id>{escape(e.link)}</id>'
        f"<published>{e.published_at.isoformat()}</published><updated>{e.modified_at.isoformat()}</updated>"
        f"<author><name>{escape(e.creator)}</name></author>"
        f'<category term="{escape(e.section)}"/><summary>{escape(e.summary)}</summary></entry>'
        for e in entries
    )
    updated = max(e.modified_at for e in entries).isoformat()
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}"><title>{escape(outlet.name)}</title>'
        f'<id>{origin}/</id><link href="{origin}/"/><updated>{updated}</updated>\n{items}\n</feed>\n'
    )


def write_json_feed(outlet: DemoOutlet, origin: str, entries: Sequence[Entry]) -> str:
    """Return JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{origin}/",
        "language": outlet.language,
        "items": [
            {
                "id": e.link,
                "url": e.link,
                "title": e.title,
                "summary": e.summary,
                "content_html": e.html,
                "date_published": e.published_at.isoformat(),
                "date_modified": e.modified_at.isoformat(),
                "authors": [{"name": e.creator}],
                "tags": [e.section, e.label],
            }
            for e in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def write_sitemap(outlet: DemoOutlet, _origin: str, entries: Sequence[Entry]) -> str:
    """Return a sitemap with Google's news tags; every listing has the same arguments."""
    items = "\n".join(
        f"<url><loc>{escape(e.link)}</loc><lastmod>{e.modified_at.isoformat()}</lastmod><news:news><news:publication>"
        f"<news:name>{escape(outlet.name)}</news:name><news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{e.published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(e.title)}</news:title></news:news></url>"
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{items}\n</urlset>\n'
    )


def write_sitemap_index(child: str, modified_at: datetime) -> str:
    """Return a sitemap index that names one further sitemap."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{escape(child)}</loc><lastmod>{modified_at.isoformat()}</lastmod></sitemap></sitemapindex>\n"
    )


def write_robots(outlet: DemoOutlet, origin: str) -> str:
    """Return robots.txt."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED)]
    if outlet.crawl_delay_seconds:
        lines.append(f"Crawl-delay: {outlet.crawl_delay_seconds}")
    lines += [
        f"Sitemap: {origin}{path}" for kind, path in outlet.listings if kind.startswith("sitemap")
    ]
    return "\n".join(lines) + "\n"

"""What a page's head says of its article: JSON-LD in every shape met in the wild, OpenGraph, links."""

import json
from html import escape
from typing import Any

from scraper.demo.outlets import DemoOutlet, Printed

FEED_TYPES = {
    "rss": "application/rss+xml",
    "rdf": "application/rdf+xml",
    "atom": "application/atom+xml",
    "json feed": "application/feed+json",
}


def write_head(article: Printed) -> str:
    """Return the inside of an article page's `<head>`."""
    outlet = article.outlet
    parts = [charset_tag(outlet), f"<title>{escape(article.title)} | {escape(outlet.name)}</title>"]
    if outlet.markup != "bare":
        parts.append('<meta name="viewport" content="width=device-width, initial-scale=1">')
        parts.append(f'<link rel="canonical" href="{escape(article.url)}">')
    if outlet.has_amp:
        parts.append(f'<link rel="amphtml" href="{escape(article.url)}amp/">')
    if outlet.markup == "seed":
        parts += seed_meta(article)
    elif outlet.markup == "opengraph":
        parts += opengraph(article)
    elif outlet.markup.startswith("json-ld"):
        parts += short_opengraph(article) if outlet.markup != "json-ld" else []
        parts.append(f'<script type="application/ld+json">{write_json_ld(article)}</script>')
    parts += feed_links(outlet)
    return "\n".join(parts)


def charset_tag(outlet: DemoOutlet) -> str:
    """Return the tag that declares a page's encoding, "" where only the header does."""
    if outlet.charset_in == "meta":
        return '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'
    return '<meta charset="utf-8">' if outlet.charset == "utf-8" else ""


def feed_links(outlet: DemoOutlet) -> list[str]:
    """Return the `<link rel="alternate">` tags by which browsers find an outlet's feeds."""
    return [
        f'<link rel="alternate" type="{FEED_TYPES[kind]}" title="{escape(outlet.name)}" href="{path}">'
        for kind, path in outlet.listings
        if kind in FEED_TYPES
    ]


def seed_meta(article: Printed) -> list[str]:
    """Return meta tags with an author but no times, which only the visible page tells."""
    return [
        f'<meta name="description" content="{escape(article.description)}">',
        f'<meta name="author" content="{escape(article.byline)}">',
        f'<meta property="og:site_name" content="{escape(article.outlet.name)}">',
        '<meta property="og:locale" content="ja_JP">',
        *short_opengraph(article),
        "<script>window.dataLayer=window.dataLayer||[];</script>",
    ]


def short_opengraph(article: Printed) -> list[str]:
    """Return the four OpenGraph tags that sharing needs."""
    return [
        '<meta property="og:type" content="article">',
        f'<meta property="og:title" content="{escape(article.title)}">',
        f'<meta property="og:url" content="{escape(article.url)}">',
        f'<meta property="og:image" content="{article.origin}{article.image_path}">',
    ]


def opengraph(article: Printed) -> list[str]:
    """Return OpenGraph with its article namespace, and the classic meta names."""
    clock = article.outlet.clock
    return [
        *short_opengraph(article),
        f'<meta property="og:site_name" content="{escape(article.outlet.name)}">',
        f'<meta property="og:description" content="{escape(article.description)}">',
        f'<meta name="description" content="{escape(article.description)}">',
        f'<meta name="author" content="{escape(", ".join(article.authors))}">',
        f'<meta property="article:published_time" content="{article.published_at.astimezone(clock).isoformat()}">',
        f'<meta property="article:modified_time" content="{article.modified_at.astimezone(clock).isoformat()}">',
        f'<meta property="article:section" content="{escape(article.section)}">',
        f'<meta property="article:tag" content="{escape(article.label)}">',
    ]


def write_json_ld(article: Printed) -> str:
    """Return the article as schema.org NewsArticle, in the shape (or the damage) its outlet uses."""
    markup = article.outlet.markup
    node = news_article(article)
    context = {"@context": "https://schema.org"}
    if markup == "json-ld graph":
        return _dump({**context, "@graph": graph(article, node)})
    if markup == "json-ld array":
        return _dump([{**context, **breadcrumbs(article)}, {**context, **node}])
    if markup == "json-ld trailing comma":
        # Templates that loop over fields leave the last comma standing.
        return _dump({**context, **node}).rstrip("}").rstrip() + ",\n}"
    if markup == "json-ld raw newline":
        # Templates that paste the summary in unescaped break the string over two lines.
        node["description"] = f"{article.description}\n{article.label}"
        return _dump({**context, **node}).replace("\\n", "\n")
    return _dump({**context, **node})


def news_article(article: Printed) -> dict[str, Any]:
    """Return schema.org NewsArticle; times carry the offset of the outlet's own clock."""
    clock = article.outlet.clock
    kind = "Person" if article.text.authors else "Organization"
    node: dict[str, Any] = {
        "@type": "NewsArticle",
        "mainEntityOfPage": article.url,
        "headline": article.title,
        "description": article.description,
        "datePublished": article.published_at.astimezone(clock).isoformat(),
        "dateModified": article.modified_at.astimezone(clock).isoformat(),
        "inLanguage": article.outlet.language,
        "articleSection": article.section,
        "keywords": [article.label],
        "image": {
            "@type": "ImageObject",
            "url": article.origin + article.image_path,
            "caption": article.caption,
        },
        "publisher": {"@type": "Organization", "name": article.outlet.name},
        "isAccessibleForFree": not article.is_paywalled,
        "author": [{"@type": kind, "name": name} for name in article.authors],
    }
    if article.is_paywalled:
        node["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".paywall",
        }
    return node


def graph(article: Printed, node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a `@graph` as SEO plugins write it: nodes that refer to each other by `@id`."""
    people = [
        {**person, "@id": f"{article.origin}/#person-{number}"}
        for number, person in enumerate(node["author"], 1)
    ]
    site = {"@type": "WebSite", "@id": f"{article.origin}/#site", "name": article.outlet.name}
    references = [{"@id": person["@id"], "name": person["name"]} for person in people]
    return [site, breadcrumbs(article), *people, {**node, "author": references}]


def breadcrumbs(article: Printed) -> dict[str, Any]:
    """Return schema.org BreadcrumbList: the front page, then the section."""
    names = (article.outlet.words.word("home"), article.section)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name}
            for position, name in enumerate(names, 1)
        ],
    }


def _dump(value: Any) -> str:
    # "</" would end the script element.
    return json.dumps(value, ensure_ascii=False, indent=1).replace("</", "<\\/")

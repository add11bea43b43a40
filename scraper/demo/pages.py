"""Whole HTML pages: an article in each outlet's manner, its AMP twin, fronts, and odd pages."""

from collections.abc import Sequence
from html import escape
from zlib import crc32

from scraper.demo import furniture
from scraper.demo.metadata import charset_tag, feed_links, write_head, write_json_ld
from scraper.demo.outlets import DemoOutlet, Printed

# What themes call the element that holds the text.
BODY_CLASSES = ("article-body", "story__content", "entry-content", "post-text", "c-content")


def write_article(article: Printed, others: Sequence[Printed], advert: int) -> str:
    """Return an article's page; `others` fill its lists, `advert` numbers its advertisement."""
    write_body = {"seed": seed_body, "bare": bare_body}.get(article.outlet.markup, modern_body)
    return (
        f"<!DOCTYPE html>\n{furniture.html_tag(article.outlet)}\n<head>\n{write_head(article)}\n</head>\n"
        f"{write_body(article, others, advert)}\n</html>\n"
    )


def shown_blocks(article: Printed) -> tuple[str, ...]:
    """Return the paragraphs and subheads that the page shows."""
    return article.paragraphs if article.is_paywalled else article.blocks


def prose(article: Printed) -> list[str]:
    """Return the article's text as HTML blocks."""
    return [
        f"<h2>{escape(block.removeprefix('## '))}</h2>"
        if block.startswith("## ")
        else f"<p>{escape(block)}</p>"
        for block in shown_blocks(article)
    ]


def printed_time(article: Printed) -> str:
    """Return the time of publication on the outlet's clock, as its readers see it."""
    return escape(
        article.outlet.words.print_date(article.published_at.astimezone(article.outlet.clock))
    )


def time_tag(article: Printed, attributes: str = "") -> str:
    """Return a `<time>` element."""
    moment = article.published_at.astimezone(article.outlet.clock).isoformat()
    return f'<time{attributes} datetime="{moment}">{printed_time(article)}</time>'


def seed_body(article: Printed, others: Sequence[Printed], advert: int) -> str:
    """Return a page in the manner of the founding example.

    A credit glued to a word of its own, key points inside the text, a source at its end, lists
    and a comment form around it; no structured data, and no time but the visible one.
    """
    words = article.outlet.words
    lead, *rest = prose(article)
    if rest and article.text.authors:
        link = f'<a class="source" href="/agency" rel="nofollow">{words.agency}</a>'
        rest[-1] = rest[-1].replace(words.agency, link)
    points = "".join(f"<li>{escape(point)}</li>" for point in article.text.points)
    key_points = f'<h3>{words.word("points")}</h3>\n<ul class="key-points">{points}</ul>'
    body = "\n".join([lead, *rest[:1], key_points, *rest[1:]])
    return f"""<body class="single">
{furniture.header(article.outlet)}
{furniture.breadcrumb(article)}
<main><article class="post">
<h1 class="post-title">{escape(article.title)}</h1>
<div class="post-meta"><span class="reading-time">{furniture.reading_time(article)}</span><br>
<span class="byline">{seed_byline(article)}</span> - {time_tag(article)}</div>
<figure class="lead"><img src="{article.image_path}" alt="{escape(article.caption)}" width="1200" height="675"></figure>
<div class="post-body">
{body}
</div>
{furniture.share_links(article.outlet)}
</article>
{furniture.headlines("latest", f"{article.section}: {words.word('latest')}", others)}
<section class="next"><h3>{words.word("next")}</h3><a href="{others[-1].path}">{escape(others[-1].title)}</a></section>
{furniture.comments(article.outlet)}
</main>
<aside class="sidebar">{furniture.headlines("popular", words.word("popular"), others[1:])}
{furniture.advert(article.outlet, advert)}{furniture.newsletter(article.outlet)}</aside>
{furniture.footer(article.outlet)}
</body>"""


def seed_byline(article: Printed) -> str:
    """Return the credit with every name linked to its author's page."""
    links = [f'<a href="/author/{n}" rel="author">{escape(a)}</a>' for n, a in enumerate(article.authors)]  # fmt: skip
    return article.outlet.byline.format(article.outlet.joiner.join(links))


def bare_body(article: Printed, others: Sequence[Printed], advert: int) -> str:
    """Return a page as hand-made sites have it: no metadata, credit and time in one line of text."""
    words = article.outlet.words
    text = "\n".join(prose(article))
    return f"""<body>
<div id="head"><a href="/">{escape(article.outlet.name)}</a></div>
<div id="navi"><a href="/">{words.word("home")}</a> &gt; <a href="/{furniture.section_slug(article.outlet, article.text.section)}">{escape(article.section)}</a></div>
<div id="main">
<h1>{escape(article.title)}</h1>
<p class="credit">{escape(article.byline)} | {printed_time(article)}</p>
<p class="photo"><img src="{article.image_path}" alt=""><br><small>{escape(article.caption)}</small></p>
<div id="text">
{text}
</div>
{furniture.share_links(article.outlet)}
</div>
<div id="side">{furniture.advert(article.outlet, advert)}
{furniture.headlines("related", words.word("related"), others)}
{furniture.newsletter(article.outlet)}</div>
<div id="foot">© {escape(article.outlet.name)} {escape(words.word("rights"))}</div>
</body>"""


def modern_body(article: Printed, others: Sequence[Printed], advert: int) -> str:
    """Return a page as today's publishing systems have it, with microdata where the outlet uses it."""
    outlet, words = article.outlet, article.outlet.words
    props = dict.fromkeys(("article", "headline", "body", "image", "time", "meta"), "")
    if outlet.markup == "microdata":
        props = microdata(article)
    text = prose(article)
    text.insert(min(2, len(text)), furniture.advert(outlet, advert))
    if article.is_paywalled:
        text.append(f'<div class="paywall"><p>{words.word("subscribe")}</p></div>')
    css = BODY_CLASSES[crc32(outlet.slug.encode()) % len(BODY_CLASSES)]
    body = "\n".join(text)
    return f"""<body class="article-template">
{furniture.cookie_bar(outlet)}
{furniture.header(outlet)}
<main>
{furniture.breadcrumb(article)}
<article{props["article"]}>
<h1{props["headline"]}>{escape(article.title)}</h1>
<div class="meta"><span class="byline">{modern_byline(article)}</span> {time_tag(article, props["time"])} <span class="reading-time">{furniture.reading_time(article)}</span></div>{props["meta"]}
<figure><img{props["image"]} src="{article.image_path}" alt=""><figcaption>{escape(article.caption)} <span class="credit">{words.word("credit")}: {escape(outlet.name)}</span></figcaption></figure>
<div class="{css}"{props["body"]}>
{body}
</div>
<ul class="tags"><li><a href="/tag/{article.text.story}" rel="tag">{escape(article.label)}</a></li></ul>
{furniture.share_links(outlet)}
</article>
{furniture.headlines("related", words.word("related"), others)}
{furniture.comments(outlet)}
</main>
<aside class="sidebar">{furniture.headlines("popular", words.word("popular"), others[1:])}
{furniture.newsletter(outlet)}</aside>
{furniture.footer(outlet)}
</body>"""


def microdata(article: Printed) -> dict[str, str]:
    """Return the attributes that make a page's elements a schema.org NewsArticle."""
    modified = article.modified_at.astimezone(article.outlet.clock).isoformat()
    return {
        "article": ' itemscope itemtype="https://schema.org/NewsArticle"',
        "headline": ' itemprop="headline"',
        "body": ' itemprop="articleBody"',
        "image": ' itemprop="image"',
        "time": ' itemprop="datePublished"',
        "meta": f'\n<meta itemprop="dateModified" content="{modified}">'
        f'<meta itemprop="articleSection" content="{escape(article.section)}">'
        f'<meta itemprop="keywords" content="{escape(article.label)}">',
    }


def modern_byline(article: Printed) -> str:
    """Return the credit, each name a microdata Person or Organization where the outlet uses it."""
    names = [escape(name) for name in article.authors]
    if article.outlet.markup == "microdata":
        kind = "Person" if article.text.authors else "Organization"
        scope = f'<span itemprop="author" itemscope itemtype="https://schema.org/{kind}">'
        names = [f'{scope}<span itemprop="name">{name}</span></span>' for name in names]
    return article.outlet.byline.format(article.outlet.joiner.join(names))


def write_amp(article: Printed) -> str:
    """Return the AMP twin, which names the full page as its canonical."""
    text = "\n".join(prose(article))
    return f"""<!doctype html>
<html amp lang="{article.outlet.language}"><head><meta charset="utf-8">
<title>{escape(article.title)} | {escape(article.outlet.name)}</title>
<link rel="canonical" href="{escape(article.url)}">
<script async src="/amp/v0.js"></script>
<script type="application/ld+json">{write_json_ld(article)}</script></head>
<body><h1>{escape(article.title)}</h1><p class="byline">{escape(article.byline)}</p>
<article>
{text}
</article>
</body></html>
"""


def write_front(outlet: DemoOutlet, title: str, articles: Sequence[Printed]) -> str:
    """Return a section page, or the front page: teasers with links, newest first."""
    teasers = "\n".join(
        f'<article class="teaser"><h2><a href="{escape(a.path)}">{escape(a.title)}</a></h2>'
        f"{time_tag(a)}<p>{escape(a.description)}</p></article>"
        for a in articles
    )
    links = "\n".join(feed_links(outlet))
    return f"""<!DOCTYPE html>
{furniture.html_tag(outlet)}
<head>
{charset_tag(outlet)}
<title>{escape(title)} | {escape(outlet.name)}</title>
<meta property="og:type" content="website">
{links}
</head>
<body class="front">
{furniture.cookie_bar(outlet)}
{furniture.header(outlet)}
<main><h1>{escape(title)}</h1>
{teasers}
</main>
<aside>{furniture.newsletter(outlet)}</aside>
{furniture.footer(outlet)}
</body>
</html>
"""


def write_sign_up(outlet: DemoOutlet) -> str:
    """Return the page of the newsletter's form: readable, listed among the news, no article."""
    words = outlet.words
    return f"""<!DOCTYPE html>
{furniture.html_tag(outlet)}
<head><meta charset="utf-8"><title>{escape(words.word("newsletter"))} | {escape(outlet.name)}</title>
<meta property="og:type" content="website"></head>
<body>
{furniture.header(outlet)}
<main><h1>{escape(words.word("newsletter"))}</h1>
<form action="/newsletter" method="post"><p>{escape(words.word("newsletter_text"))}</p>
<label>{escape(words.word("name"))} <input name="name"></label><button>{escape(words.word("accept"))}</button></form></main>
{furniture.footer(outlet)}
</body>
</html>
"""

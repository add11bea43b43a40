"""What URLs say: the canonical form, whether two are of one site, whether one names an article."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import tldextract
from w3lib.url import safe_url_string

URL_MAX_CHARS = 2083  # the longest URL that every browser took; longer ones are traps
PATH_MAX_SEGMENTS = 20  # Heritrix's bound on path depth
SEGMENT_MAX_REPEATS = 2  # Heritrix's bound on a path segment repeating itself

# Query parameters that never tell two articles apart. Seen in the wild: utm_* everywhere, cmp
# (CBC), ref (Der Standard), at_* (BBC), xtor and ns_* (French broadcasters), smid (NYT).
# Not here: id, k (Jiji), p, article, news_id, page, lang and the like, which carry identity.
TRACKING = re.compile(
    r"^(?:utm_\w+|at_(?:medium|campaign|format|link\w*|ptr_name|bbc_team)|ns_\w+|xtor|wt[_.]\w+|mc_[ce]id"
    r"|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|igshid|twclid|ttclid|_ga|_gl|__twitter_impression"
    r"|ref|referrer|referer|ref_?src|cmp|cmpid|cid_source|ito|smid|smtyp|sref|sara_ref|share|partner"
    r"|ocid|icid|ncid|taid|traffic_source|from_rss|rss|source_?(?:rss|feed)|feed_id|ftag|guccounter"
    r"|jsessionid|phpsessid|sid|sessionid|amp|outputtype|amp_js_v|usqp|output_type|print|spm|campaign_id)$",
    re.IGNORECASE,
)
AMP_HOST = re.compile(r"^(?:amp|m|mobile|mobil|touch|sp)\.(?=[^.]+\.[^.]+)", re.IGNORECASE)
AMP_PATH = re.compile(r"(?:^/amp(?=/)|/amp/?$|\.amp(?=\.html?$|$)|(?<=/)amp(?=/articles?/))")
INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}

NOT_ARTICLES = re.compile(
    r"/(?:tags?|topics?|themen?|authors?|autor(?:en|es)?|categor(?:y|ies|ia)|search|suche|login|signin|register"
    r"|account|subscribe|abo|newsletters?|about|contact|privacy|terms|imprint|impressum|cookies?|rss|feeds?"
    r"|galer(?:y|ies|ia)|wp-json|wp-login\.php|cart|shop|weather|wetter|live-?tv)(?:/|$)"
    r"|\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m3u8|zip|xml|rss|json|css|js|ico)$",
    re.IGNORECASE,
)
ARTICLE_SHAPE = re.compile(
    r"\d{4}[/-]?\d{2}[/-]?\d{2}"  # a date in the path
    r"|[a-z0-9]+(?:-[a-z0-9]+){3,}"  # a slug of four words or more
    r"|%[0-9a-f]{2}(?:[^/]*%[0-9a-f]{2}){8,}"  # a slug in another script
    r"|(?:^|[/_.-])(?:art|article|story|news|doc|id)?[_-]?\d{5,}(?:$|[/._-])"  # a long number
    r"|/[A-Z0-9]{12,}",  # an opaque identifier
    re.IGNORECASE,
)

# The bundled snapshot of the Public Suffix List: never fetched, so that a crawl asks only outlets.
_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def http_url(url: str, base: str = "") -> str:
    """Return `url` made absolute against `base`, safely escaped, without fragment; "" if unusable.

    Unusable is what we never ask: other schemes, no host, credentials, too long, unparsable.

    >>> http_url("/a b#c", "https://example.org/x")
    'https://example.org/a%20b'
    >>> http_url("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
            return ""
        if parts.port == 0:
            return ""
        safe = safe_url_string(urlunsplit(parts._replace(fragment="")))
    except (ValueError, UnicodeError):
        return ""
    return safe if len(safe) <= URL_MAX_CHARS else ""


def canonical_url(url: str, base: str = "") -> str:
    """Return the form of a URL that is the same for all its twins; "" if it is no http(s) URL.

    Lower-case host, no default port, no fragment, no tracking parameters, the rest sorted; AMP and
    mobile twins become the desktop address; an index page becomes its folder. Parameters that may
    carry identity stay. The scheme stays as met.

    >>> canonical_url("HTTPS://Example.org:443/a/index.html?utm_source=rss&k=2#top")
    'https://example.org/a/?k=2'
    >>> canonical_url("https://amp.example.org/a/story.amp.html")
    'https://example.org/a/story.html'
    """
    safe = http_url(url, base)
    if not safe:
        return ""
    parts = urlsplit(safe)
    pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)
    query = urlencode(sorted((k, v) for k, v in pairs if not TRACKING.match(k)))
    path = INDEX_PAGE.sub("/", AMP_PATH.sub("", re.sub(r"/{2,}", "/", parts.path))) or "/"
    return urlunsplit((parts.scheme, _netloc(parts), path, query, ""))


def _netloc(parts: SplitResult) -> str:
    host = AMP_HOST.sub("", (parts.hostname or "").rstrip("."))
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


@lru_cache(maxsize=4096)
def site_of(url: str) -> str:
    """Return the registrable domain of a URL, or its host and port where there is none.

    >>> site_of("https://news.bbc.co.uk/a"), site_of("http://127.0.0.1:8000/a")
    ('bbc.co.uk', '127.0.0.1:8000')
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    found = _suffixes(host)
    if found.domain and found.suffix:
        return f"{found.domain}.{found.suffix}"
    return f"{host}:{port}" if port and port not in DEFAULT_PORTS.values() else host


def same_site(first: str, second: str) -> bool:
    """Tell whether two URLs belong to one registrable domain (Public Suffix List).

    >>> same_site("https://www.example.co.uk/a", "https://news.example.co.uk/b")
    True
    """
    return bool(site_of(first)) and site_of(first) == site_of(second)


def is_home_page(url: str) -> bool:
    """Tell whether a URL is a site's front door rather than something on it.

    >>> is_home_page("https://example.org/en/"), is_home_page("https://example.org/en/a-story")
    (True, False)
    """
    parts = urlsplit(url)
    if parts.query:
        return False
    return (
        re.fullmatch(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?", parts.path, re.IGNORECASE) is not None
    )


def believed_canonical(url: str, declared: str) -> str:
    """Return the canonical URL of a page that was found at `url` and declares another.

    A declared canonical is believed only on the same site and when it names no home page (unless
    the page itself is one); otherwise the page's own URL stands.

    >>> believed_canonical("https://a.example/x?utm_source=1", "https://other.example/y")
    'https://a.example/x'
    """
    own = canonical_url(url)
    claimed = canonical_url(declared, url) if declared else ""
    if not claimed or is_home_page(claimed) or not same_site(own, claimed):
        return own
    return claimed


def looks_endless(url: str) -> bool:
    """Tell whether a URL's path has the shape of a crawler trap: too deep, or repeating itself.

    >>> looks_endless("https://example.org/a/b/a/b/a/b/")
    True
    """
    segments = [s for s in urlsplit(url).path.split("/") if s]
    if len(segments) > PATH_MAX_SEGMENTS:
        return True
    return any(segments.count(s) > SEGMENT_MAX_REPEATS for s in set(segments))


def looks_like_article(url: str) -> bool:
    """Tell, by its shape alone, whether a URL probably names an article.

    For section pages of outlets that give no pattern. A date, a long slug or a long number in the
    path speaks for it; the names of service pages and media files against it.

    >>> looks_like_article("https://example.org/world/2026/03/04/talks-resume")
    True
    >>> looks_like_article("https://example.org/tag/2026-election-results-live")
    False
    """
    if is_home_page(url) or looks_endless(url):
        return False
    parts = urlsplit(url)
    if NOT_ARTICLES.search(parts.path):
        return False
    return ARTICLE_SHAPE.search(f"{parts.path}?{parts.query}") is not None

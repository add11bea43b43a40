"""What URLs say: the canonical form, whether two are of one site, whether one names an article."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

import tldextract
from w3lib.url import safe_url_string

URL_MAX_CHARS = 2083  # the longest URL that every browser took; longer ones are traps
PATH_MAX_SEGMENTS = 20  # Heritrix's bound on path depth
SEGMENT_MAX_REPEATS = 2  # Heritrix's bound on a path segment repeating itself
HOST_CACHE = 4096

# Query parameters that never tell two articles apart. Seen in the wild: utm_* everywhere, cmp
# (CBC), ref (Der Standard), at_* (BBC), xtor and ns_* (French broadcasters), smid (NYT).
# Not here: id, k (Jiji), sid (PHP-Nuke's story id), p, article, news_id, page, lang and the like,
# which carry identity.
TRACKING = re.compile(
    r"^(?:utm(?:_\w+)?|at_(?:medium|campaign|format|link\w*|ptr_name|bbc_team|custom\d)|ns_\w+"
    r"|xt(?:or|cr|ref)|wt[_.]?\w+|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|vero_id|oly_(?:enc|anon)_id"
    r"|fbclid|gclid|gclsrc|gbraid|wbraid|gad_source|dclid|msclkid|yclid|igshid|igsh|twclid|ttclid"
    r"|li_fat_id|srsltid|_ga|_gl|__twitter_impression"
    r"|ref|referrer|referer|ref_?src|cmp|cmpid|cid_source|ito|smid|smtyp|sref|sara_ref|share"
    r"|partner|ocid|icid|ncid|taid|traffic_source|from_rss|rss|source_?(?:rss|feed)|feed_id|ftag"
    r"|guccounter|jsessionid|phpsessid|sessionid|amp|outputtype|amp_js_v|usqp|output_type|print"
    r"|spm|campaign_id)$",
    re.IGNORECASE,
)
# Parameters that say how a reader came when they name a feed, and which article otherwise.
FROM_FEED = re.compile(r"^(?:source|src|from|via|mode)=(?:rss|feed|atom)\w*$", re.IGNORECASE)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
ESCAPED_AMPERSAND = re.compile(r"^(?:amp;)+", re.IGNORECASE)
PERCENT = re.compile(r"%([0-9a-fA-F]{2})")
UNRESERVED = frozenset(  # RFC 3986, section 2.3
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)

TWIN_HOSTS = frozenset(("amp", "m", "mobile", "mobil", "touch", "wap"))
JAPANESE_TWIN_HOST = "sp"  # "smartphone" in Japan, anything at all elsewhere
AMP_PATH = re.compile(
    r"^(?:/amp)+(?=/)|(?:/amp)+/?$|\.amp(?=\.html?$|$)|(?<=/)amp/(?=articles?/)", re.IGNORECASE
)
INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|[0-9a-f:.]*:[0-9a-f:.]*")
# Most links need nothing done to them, and doing it takes ten times as long as seeing that.
PLAIN_URL = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)+/(?:[\w~-]+[./])*[\w~-]*", re.ASCII)
HOME_PATH = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?", re.IGNORECASE)
C0_AND_SPACE = "".join(map(chr, range(0x21)))  # what WHATWG strips around a URL

NOT_ARTICLES = re.compile(
    r"/(?:tags?|topics?|themen?|authors?|autor(?:en|es)?|categor(?:y|ies|ia)|search|suche|login"
    r"|signin|register|account|subscribe|abo|newsletters?|about|contact|privacy|terms|imprint"
    r"|impressum|cookies?|rss|feeds?|galer(?:y|ies|ia)|wp-json|wp-login\.php|cart|shop|live-?tv)"
    r"(?:/|$)|/(?:weather|wetter)/?$"
    r"|\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m3u8|zip|xml|rss|json|css|js|ico)$",
    re.IGNORECASE,
)
ARTICLE_SHAPE = re.compile(
    r"\d{4}[/-]?\d{2}[/-]?\d{2}"  # a date in the path
    r"|(?<![a-z0-9])[a-z0-9]+(?:-[a-z0-9]+){3}"  # a slug of four words or more
    r"|(?:%[0-9a-f]{2}[^%/]*){9}"  # a slug in another script
    r"|(?:^|[/_.=-])(?:art|article|story|news|doc|id)?[_-]?\d{5,}(?:$|[/._&?-])"  # a long number
    r"|/(?=[A-Z]*\d)[A-Z0-9]{12}",  # an opaque identifier, which is no word: it has a digit
    re.IGNORECASE,
)

# The bundled snapshot of the Public Suffix List: never fetched, so that a crawl asks only outlets.
# Private suffixes count: two blogs under blogspot.com are two sites.
_suffixes = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


def http_url(url: str, base: str = "") -> str:
    """Return `url` made absolute against `base`, safely escaped, without fragment; "" if unusable.

    Unusable is what we never ask: other schemes, no host, credentials, too long, unparsable.

    >>> http_url("/a b#c", "https://example.org/x")
    'https://example.org/a%20b'
    >>> http_url("javascript:alert(1)")
    ''
    """
    stripped = url.strip(C0_AND_SPACE)
    if len(stripped) > URL_MAX_CHARS:
        return ""
    if PLAIN_URL.fullmatch(stripped):
        return stripped
    parts = _split(_joined(base, stripped))
    if parts is None or parts.scheme not in DEFAULT_PORTS or "@" in parts.netloc:
        return ""
    try:
        safe = safe_url_string(urlunsplit(parts._replace(fragment="")))
    except (ValueError, UnicodeError):
        return ""
    asked = _split(safe)
    if asked is None or "@" in asked.netloc or not HOST.fullmatch(asked.hostname or ""):
        return ""
    return safe if len(safe) <= URL_MAX_CHARS else ""


def canonical_url(url: str, base: str = "") -> str:
    """Return the form of a URL that is the same for all its twins; "" if it is no http(s) URL.

    Lower-case host, no default port, no fragment, no tracking parameters, the rest sorted; AMP and
    mobile twins become the desktop address; an index page becomes its folder; no slash at the end;
    percent-encoding as RFC 3986, section 6.2.2 has it. Parameters that may carry identity stay, in
    their own encoding. The scheme stays as met. It is an identity, not always an address to ask.

    >>> canonical_url("HTTPS://Example.org:443/a/index.html?utm_source=rss&k=2#top")
    'https://example.org/a?k=2'
    >>> canonical_url("https://amp.example.org/a/story.amp.html")
    'https://www.example.org/a/story.html'
    """
    parts = _split(http_url(url, base))
    if parts is None or not parts.scheme:
        return ""
    found = urlunsplit(
        (parts.scheme, _netloc(parts), _canonical_path(parts.path), _query(parts.query), "")
    )
    return found if len(found) <= URL_MAX_CHARS else ""


def site_of(url: str) -> str:
    """Return the registrable domain of a URL, or its host and port where there is none.

    >>> site_of("https://news.bbc.co.uk/a"), site_of("http://127.0.0.1:8000/a")
    ('bbc.co.uk', '127.0.0.1:8000')
    """
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    host = parts.hostname.rstrip(".")
    domain = _host_parts(host)[1]
    port = parts.port
    return domain or (f"{host}:{port}" if port not in (None, *DEFAULT_PORTS.values()) else host)


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
    parts = _split(url)
    return parts is not None and not parts.query and HOME_PATH.fullmatch(parts.path) is not None


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
    parts = _split(url)
    segments = [s for s in parts.path.split("/") if s] if parts else []
    if len(segments) > PATH_MAX_SEGMENTS:
        return True
    return any(segments.count(s) > SEGMENT_MAX_REPEATS for s in set(segments))


def may_be_article(url: str) -> bool:
    """Tell whether nothing in a URL speaks against an article: no home or service page, no file.

    >>> may_be_article("https://example.org/talks"), may_be_article("https://example.org/login")
    (True, False)
    """
    parts = _split(url)
    if parts is None or is_home_page(url) or looks_endless(url):
        return False
    return NOT_ARTICLES.search(parts.path) is None


def looks_like_article(url: str) -> bool:
    """Tell, by its shape alone, whether a URL probably names an article.

    For section pages of outlets that give no pattern. A date, a long slug or a long number in the
    path speaks for it; the names of service pages and media files against it.

    >>> looks_like_article("https://example.org/world/2026/03/04/talks-resume")
    True
    >>> looks_like_article("https://example.org/tag/2026-election-results-live")
    False
    """
    parts = _split(url)
    if parts is None or not may_be_article(url):
        return False
    return ARTICLE_SHAPE.search(f"{parts.path}?{parts.query}") is not None


def matches_pattern(pattern: str, url: str) -> bool:
    r"""Tell whether a URL is an article's by an outlet's regular expression (`re.search`).

    Feeds add tracking parameters that a pattern ending in `$` would not know, canonical URLs lack
    the slash at the end, and patterns may be written in the outlet's own script: so the canonical
    form, with and without a slash, and the unescaped one are tried as well.

    >>> matches_pattern(r"/doc/\d+$", "https://a.example/doc/7?utm_source=rss")
    True
    """
    found = re.compile(pattern).search
    if found(url):
        return True
    canonical = canonical_url(url)
    forms = (canonical, f"{canonical}/", unquote(url), unquote(canonical))
    return any(found(form) for form in forms)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        usable = parts.port != 0  # reading the port is what finds "host:port" broken
    except ValueError:
        return None
    return parts if usable else None


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return ""


@lru_cache(maxsize=HOST_CACHE)
def _host_parts(host: str) -> tuple[str, str]:
    """Split a host into subdomain and registrable domain; the latter "" for addresses."""
    found = _suffixes(host)
    if found.domain and found.suffix:
        return found.subdomain, f"{found.domain}.{found.suffix}"
    if found.ipv4 or ":" in host or not found.subdomain:
        return "", ""
    # Unknown suffixes count as one label: the list's own rule "*" (publicsuffix.org/list).
    above, _, name = found.subdomain.rpartition(".")
    return (above, f"{name}.{found.domain}") if name and found.domain else ("", "")


def _netloc(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    subdomain, domain = _host_parts(host)
    labels = subdomain.split(".") if subdomain else []
    twins = {*TWIN_HOSTS, JAPANESE_TWIN_HOST} if domain.endswith(".jp") else TWIN_HOSTS
    if labels and labels[0] in twins:
        while labels and labels[0] in twins:
            labels.pop(0)
        # 170 of the 223 catalogued outlets have their pages under www.
        host = ".".join([*(labels or ["www"]), domain])
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


def _canonical_path(path: str) -> str:
    # Each rule can open the door to another ("/amp/a/index.html/amp"); every pass but the last
    # makes the path shorter or its escapes tidier, so this ends.
    while True:
        tidy = re.sub(r"/{2,}", "/", PERCENT.sub(_tidy_escape, SESSION_IN_PATH.sub("", path)))
        tidy = INDEX_PAGE.sub("/", AMP_PATH.sub("", _without_dots(tidy)))
        tidy = tidy.rstrip("/") or "/"
        if tidy == path:
            return path
        path = tidy


def _tidy_escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in UNRESERVED else f"%{match[1].upper()}"


def _without_dots(path: str) -> str:
    """Remove dot segments (RFC 3986, section 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept) or "/"


def _query(query: str) -> str:
    pairs = (ESCAPED_AMPERSAND.sub("", pair) for pair in query.split("&"))
    tidy = (PERCENT.sub(_tidy_escape, pair) for pair in pairs)
    return "&".join(sorted(pair for pair in tidy if pair and not _is_tracking(pair)))


def _is_tracking(pair: str) -> bool:
    name = unquote(pair.partition("=")[0])
    return bool(TRACKING.match(name) or FROM_FEED.match(pair))

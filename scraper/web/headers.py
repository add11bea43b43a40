"""Response headers that keep stored text from running in a browser, should escaping ever fail."""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import datasette as stock

from scraper.web.archives import archive_names
from scraper.web.robots import PLUGIN, TAG, are_robots_allowed

App = Callable[[Any, Any, Any], Awaitable[None]]

# Our pages carry no inline script or style, and load nothing from elsewhere.
OWN_PAGES = re.compile(
    r"/-/(?:search|attention|concordance|edits|health|outlets|about)(?:\.\w+)?"
    r"|/-/(?:article|outlet)/.*"
)
OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Datasette's own pages may run Datasette's inline scripts and no others, whatever is stored.
STOCK_POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# Other plugins bring scripts we do not know; those for charts evaluate expressions.
PLUGINS_POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"  # JSON, CSV, style sheets, pictures
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
FACET_SWITCH = "{{ datasette_allow_facet }}"  # the one script of Datasette's that varies


def with_headers(app: App, datasette: Any) -> App:
    """Wrap an ASGI application; headers that are already there stay as they are."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not await archive_names(datasette):
            await app(scope, receive, send)
            return
        always = ALWAYS if are_robots_allowed(datasette) else (*ALWAYS, TAG)
        path = scope["path"].removeprefix(datasette.setting("base_url").rstrip("/"))

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                present = {bytes(name).lower(): value for name, value in message["headers"]}
                policy = _policy(path, present.get(b"content-type", b""))
                added = (*always, (b"content-security-policy", policy.encode()))
                extra = [[name, value] for name, value in added if name not in present]
                message = message | {"headers": [*message["headers"], *extra]}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


def _policy(path: str, content_type: bytes) -> str:
    if not content_type.startswith(b"text/html"):
        return DATA_POLICY
    return OWN_POLICY if OWN_PAGES.fullmatch(path) else _stock_policy()


@lru_cache(maxsize=1)
def _stock_policy() -> str:
    found = {plugin["name"] for plugin in stock.plugins.get_plugins()}
    if found - {PLUGIN, *stock.plugins.DEFAULT_PLUGINS}:
        return PLUGINS_POLICY
    digests = (sha256(script.encode()).digest() for script in sorted(set(_stock_scripts())))
    return STOCK_POLICY.format(
        scripts=" ".join(f"'sha256-{b64encode(d).decode()}'" for d in digests)
    )


def _stock_scripts() -> Iterator[str]:
    """Yield the inline scripts in Datasette's own templates, as they reach a page."""
    for path in (Path(stock.__file__).parent / "templates").glob("*.html"):
        for script in INLINE_SCRIPT.findall(path.read_text("utf8")):
            if FACET_SWITCH in script:
                yield from (script.replace(FACET_SWITCH, word) for word in ("true", "false"))
            elif "{{" not in script and "{%" not in script:
                yield script

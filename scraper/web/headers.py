"""Response headers that keep stored text from running in a browser, should escaping ever fail."""

from collections.abc import Awaitable, Callable
from typing import Any

from scraper.web.archives import archive_names

App = Callable[[Any, Any, Any], Awaitable[None]]

# Our pages carry no script, no inline style, and load nothing from elsewhere.
OWN_PAGES = ("/-/search", "/-/article/")
OWN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Datasette's own pages need their inline scripts; plugins for charts evaluate expressions.
STOCK_POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
)


def with_headers(app: App, datasette: Any) -> App:
    """Wrap an ASGI application; headers that are already there stay as they are."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not await archive_names(datasette):
            await app(scope, receive, send)
            return
        path = scope["path"].removeprefix(datasette.setting("base_url").rstrip("/"))
        policy = OWN_POLICY if path.startswith(OWN_PAGES) else STOCK_POLICY
        added = [*ALWAYS, (b"content-security-policy", policy.encode())]

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                present = {bytes(name).lower() for name, _ in message.get("headers", ())}
                extra = [[name, value] for name, value in added if name not in present]
                message = message | {"headers": [*message.get("headers", ()), *extra]}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped

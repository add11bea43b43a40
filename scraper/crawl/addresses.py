"""Nothing private is reachable: every address is checked where the socket will connect to.

Two guards. The middleware looks at every request, redirects and robots.txt included: scheme, port,
literal addresses. The resolver looks at what a name resolves to, at the moment of connecting, so a
name that changes its mind (DNS rebinding) is caught as well. Only an exact host:port that the
operator allows may be private.
"""

import ipaddress
import logging
from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer

from scraper.crawl.options import CrawlOptions, host_and_port
from scraper.errors import AddressRefused, ContactMissing

GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # all of IPv6 that IANA has given to anybody
PRIVATE = "private address: --allow HOST:PORT permits it"
USUAL_PORTS = frozenset({80, 443, 8080, 8443})

logger = logging.getLogger(__name__)


class RequestRefused(IgnoreRequest):
    """The request may not be made; the reason is for the crawl run."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one that anybody on the internet may reach.

    IPv4 addresses wrapped in IPv6 (mapped, 6to4, Teredo, NAT64) are unwrapped first.

    >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = parsed.ipv4_mapped or parsed.sixtofour
        wrapped = wrapped or (parsed.teredo[1] if parsed.teredo else None)
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            wrapped = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
        if parsed not in GLOBAL_UNICAST:
            return False
    return parsed.is_global and not parsed.is_multicast


def refusal(url: str, allow: frozenset[str]) -> str:
    """Return why a URL may not be asked, judged by the URL alone; "" when it may.

    >>> refusal("http://10.0.0.1/", frozenset())
    'private address: --allow HOST:PORT permits it'
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "no http(s) URL"
    if host_and_port(url) in allow:
        return ""
    if parts.hostname == "localhost" or parts.hostname.endswith((".localhost", ".local")):
        return PRIVATE
    if is_address(parts.hostname) and not is_public(parts.hostname):
        return PRIVATE
    return "" if (parts.port or 443) in USUAL_PORTS else "unusual port"


def is_address(host: str) -> bool:
    """Tell whether a host is an IP address rather than a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class AddressMiddleware:
    """Refuses requests that may not be made, before anything is asked on their account."""

    def __init__(self, crawler: Crawler) -> None:
        self.options = CrawlOptions.of(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise RequestRefused."""
        if self.options.replay:
            return
        if reason := refusal(request.url, self.options.allow):
            logger.warning("%s", AddressRefused(request.url, reason))
            raise RequestRefused(reason)
        if self.options.lacks_contact([request.url]):
            logger.error("%s is not asked: %s", request.url, ContactMissing())
            raise RequestRefused("no contact set")


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on the addresses that may be reached, and holds back the others."""

    def __init__(self, receiver: IResolutionReceiver, host: str, port: int, allowed: bool) -> None:
        self.receiver, self.host, self.port, self.allowed = receiver, host, port, allowed

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        """Pass on."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        """Pass on an address that may be reached."""
        if self.allowed or is_public(getattr(address, "host", "")):
            self.receiver.addressResolved(address)
        else:
            logger.warning("%s:%s is not asked: it resolves to %s", self.host, self.port, address)

    def resolutionComplete(self) -> None:
        """Pass on."""
        self.receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """A resolver whose answers hold public addresses only, but for allowed host:port pairs."""

    def __init__(self, reactor: Any, allow: frozenset[str]) -> None:
        self.reactor = reactor
        self.allow = allow
        self.original: IHostnameResolver = reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Make it, as Scrapy asks."""
        return cls(reactor, CrawlOptions.of(crawler.settings).allow)

    def install_on_reactor(self) -> None:
        """Make this the resolver of every connection."""
        self.reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve as the reactor would (IHostnameResolver), then hold back private addresses."""
        host = f"[{hostName}]" if ":" in hostName else hostName
        receiver = _PublicOnly(
            resolutionReceiver, hostName, portNumber, f"{host}:{portNumber}" in self.allow
        )
        return self.original.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )

"""The demo world over HTTP: conditional requests, gzip, counting, control, clear refusals."""

import gzip
import http.client
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from scraper.crawl.spider import OutletSpider
from scraper.demo.outlets import HOST, OUTLETS
from scraper.demo.server import CONTROL_PATH, HEAD_MAX_BYTES, DemoServer, PortTaken
from scraper.demo.world import NewsWorld
from spiders import demo

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
# Apart from the fixed ports, which a demo on the same machine may hold; below the ports that
# systems hand out for outgoing connections.
BASE_PORTS = range(20_000, 28_000, 100)


@pytest.fixture
def server() -> Iterator[DemoServer]:
    for base_port in BASE_PORTS:
        found = DemoServer(NewsWorld(now=NOW, base_port=base_port))
        try:
            found.start()
        except PortTaken:
            continue
        yield found
        found.stop()
        return
    pytest.skip("no free run of ports on loopback")


def get(
    server: DemoServer, slug: str, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(HOST, server.world.ports[slug], timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_every_outlet_answers_its_robots_and_front_page(server: DemoServer) -> None:
    for outlet in OUTLETS:
        assert get(server, outlet.slug, "/robots.txt")[0].status == 200
        assert get(server, outlet.slug, "/")[0].status == 200
    assert len(server.requests) == 2 * len(OUTLETS)


def test_requests_are_remembered_with_headers(server: DemoServer) -> None:
    get(server, "demo-talay", "/feed/atom", User_Agent="Dateline/0 (+test)", If_None_Match='"x"')
    (request,) = server.requests
    assert (request.outlet, request.path, request.status) == ("demo-talay", "/feed/atom", 200)
    assert request.headers["user-agent"] == "Dateline/0 (+test)"
    assert request.headers["if-none-match"] == '"x"'
    assert request.at.tzinfo is not None


def test_known_etag_is_answered_with_304_until_the_tick(server: DemoServer) -> None:
    first, body = get(server, "demo-minato", "/rss.xml")
    assert first.status == 200
    assert body
    etag = first.headers["ETag"]
    again, nothing = get(server, "demo-minato", "/rss.xml", If_None_Match=etag)
    assert (again.status, nothing) == (304, b"")
    assert again.headers["ETag"] == etag
    server.world.tick()
    assert get(server, "demo-minato", "/rss.xml", If_None_Match=etag)[0].status == 200


def test_last_modified_alone_serves_where_no_etag_is_sent(server: DemoServer) -> None:
    first, _ = get(server, "demo-manara", "/rss")
    assert "ETag" not in first.headers
    since = first.headers["Last-Modified"]
    assert get(server, "demo-manara", "/rss", If_Modified_Since=since)[0].status == 304


def test_other_etag_wins_over_a_date_that_agrees(server: DemoServer) -> None:
    first, _ = get(server, "demo-minato", "/rss.xml")
    headers = {"If_None_Match": '"other"', "If_Modified_Since": first.headers["Last-Modified"]}
    assert get(server, "demo-minato", "/rss.xml", **headers)[0].status == 200


def test_one_outlet_sends_no_validators(server: DemoServer) -> None:
    response, _ = get(server, "demo-hafenblatt", "/feed.atom")
    assert "ETag" not in response.headers
    assert "Last-Modified" not in response.headers


def test_gzip_is_sent_when_asked_for(server: DemoServer) -> None:
    plain, body = get(server, "demo-setu", "/atom.xml")
    packed, small = get(server, "demo-setu", "/atom.xml", Accept_Encoding="gzip, deflate")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small) == body
    assert len(small) < len(body)


def test_gzipped_sitemap_is_not_packed_twice(server: DemoServer) -> None:
    response, body = get(server, "demo-narae", "/sitemap-news.xml.gz", Accept_Encoding="gzip")
    assert "Content-Encoding" not in response.headers
    assert gzip.decompress(body).startswith(b"<?xml")


def test_head_has_headers_only(server: DemoServer) -> None:
    response, body = get(server, "demo-minato", "/rss.xml", method="HEAD")
    assert response.status == 200
    assert int(response.headers["Content-Length"]) > 0
    assert body == b""


def test_one_connection_serves_many_requests(server: DemoServer) -> None:
    connection = http.client.HTTPConnection(HOST, server.world.ports["demo-quai"], timeout=10)
    for _ in range(3):
        connection.request("GET", "/rss/une.xml")
        assert connection.getresponse().read()
    connection.close()
    assert len(server.requests) == 3


def test_control_path_moves_the_world_and_is_not_counted(server: DemoServer) -> None:
    _, before = get(server, "demo-cais", CONTROL_PATH)
    assert json.loads(before)["ticks"] == 0
    _, moved = get(server, "demo-cais", CONTROL_PATH, method="POST")
    assert json.loads(moved) == {"ticks": 1, "moved": True, "requests": 0}
    assert server.world.ticks == 1


def test_control_path_refuses_other_names(server: DemoServer) -> None:
    response, _ = get(server, "demo-cais", CONTROL_PATH, method="POST", Host="rebound.example")
    assert response.status == 403
    assert server.world.ticks == 0


def test_other_methods_are_refused(server: DemoServer) -> None:
    assert get(server, "demo-cais", "/feed.json", method="DELETE")[0].status == 405


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET /" + b"a" * 2 * HEAD_MAX_BYTES + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_nonsense_gets_400_and_costs_one_connection(server: DemoServer, sent: bytes) -> None:
    with socket.create_connection((HOST, server.world.ports["demo-minato"]), timeout=10) as wire:
        wire.sendall(sent)
        assert wire.recv(1024).startswith(b"HTTP/1.1 400 ")
    assert get(server, "demo-minato", "/robots.txt")[0].status == 200


def test_stopping_does_not_wait_for_open_connections(server: DemoServer) -> None:
    connection = http.client.HTTPConnection(HOST, server.world.ports["demo-quai"], timeout=10)
    connection.request("GET", "/robots.txt")
    connection.getresponse().read()
    server.stop()
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, server.world.ports["demo-quai"]), timeout=2)


def test_taken_port_is_named_in_the_error(server: DemoServer) -> None:
    second = DemoServer(NewsWorld(now=NOW, base_port=server.world.base_port))
    with pytest.raises(PortTaken, match=str(server.world.base_port)) as caught:
        second.start()
    assert caught.value.port == server.world.base_port
    second.stop()


def test_server_can_be_started_again_but_not_twice(server: DemoServer) -> None:
    with pytest.raises(RuntimeError, match="already"):
        server.start()
    server.stop()
    server.stop()
    server.start()
    assert get(server, "demo-minato", "/robots.txt")[0].status == 200


def declared() -> dict[str, type[OutletSpider]]:
    classes = (c for c in vars(demo).values() if isinstance(c, type))
    own = (c for c in classes if issubclass(c, OutletSpider) and c is not OutletSpider)
    return {str(c.name): c for c in own}


def test_declarations_match_the_world() -> None:
    world, classes = NewsWorld(now=NOW), declared()
    assert list(classes) == [outlet.slug for outlet in OUTLETS]
    for outlet in OUTLETS:
        spider, origin = classes[outlet.slug], world.origin(outlet.slug)
        told = spider.outlet
        assert (told.name, told.country, told.languages, told.timezone, told.homepage) == (
            outlet.name,
            outlet.country,
            (outlet.language,),
            outlet.timezone,
            f"{origin}/",
        )
        kinds = {"section": spider.sections, "sitemap": spider.news_sitemaps}
        listed = [
            origin + path in kinds.get(kind.split()[0], spider.feeds)
            for kind, path in outlet.listings
        ]
        assert all(listed)
        count = len(spider.sections) + len(spider.news_sitemaps) + len(spider.feeds)
        assert count == len(outlet.listings)


def test_allowed_hosts_are_the_declared_ones() -> None:
    hosts = NewsWorld(now=NOW).allowed_hosts
    assert hosts[0] == f"{HOST}:8701"
    assert {f"http://{host}/" for host in hosts} == {c.outlet.homepage for c in declared().values()}

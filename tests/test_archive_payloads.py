"""Payloads as other archivers store them: encoded, mislabelled, hostile."""

import gzip
import random
import zlib

import brotli
import pytest

from scraper.archive.payloads import PayloadTooLarge, decode_payload, join_chunks

PAGE = b"<p>The ferry runs again.</p>" * 200


@pytest.mark.parametrize(
    ("encoding", "stored"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("x-gzip", gzip.compress(PAGE[:100], mtime=0) + gzip.compress(PAGE[100:], mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("gzip, br", brotli.compress(gzip.compress(PAGE, mtime=0))),
        ("identity", PAGE),
        ("", PAGE),
    ],
)
def test_encoded_payload_comes_out_as_it_was(encoding: str, stored: bytes) -> None:
    assert decode_payload(stored, {"content-encoding": encoding}, 100_000) == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "sdch"])
def test_label_of_an_encoding_that_is_not_there_is_not_believed(encoding: str) -> None:
    assert decode_payload(PAGE, {"content-encoding": encoding}, 100_000) == PAGE


@pytest.mark.parametrize("compress", [gzip.compress, brotli.compress], ids=["gzip", "br"])
def test_bomb_is_refused_at_the_bound(compress: object) -> None:
    assert callable(compress)
    encoding = "gzip" if compress is gzip.compress else "br"
    with pytest.raises(PayloadTooLarge):
        decode_payload(compress(bytes(20_000_000)), {"content-encoding": encoding}, 1_000_000)


def test_chunks_are_joined_even_when_the_last_is_cut() -> None:
    headers = {"transfer-encoding": "chunked", "content-encoding": "gzip"}
    packed = gzip.compress(PAGE, mtime=0)
    chunks = b"%x;note=1\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (
        10,
        packed[:10],
        len(packed) - 10,
        packed[10:],
    )
    assert decode_payload(chunks, headers, 100_000) == PAGE
    assert join_chunks(b"5\r\nhello\r\n9\r\nwor") == b"hellowor"
    assert join_chunks(b"no chunks") == b"no chunks"


def test_random_bytes_raise_nothing_but_too_large() -> None:
    chance = random.Random(1)
    for seed in (gzip.compress(PAGE, mtime=0), zlib.compress(PAGE), brotli.compress(PAGE)):
        for _ in range(200):
            damaged = bytearray(seed)
            for _ in range(3):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            for encoding in ("gzip", "deflate", "br"):
                result = decode_payload(bytes(damaged), {"content-encoding": encoding}, 2**24)
                assert isinstance(result, bytes)

"""Undoes the transfer and content encodings that other archivers leave on a stored payload."""

import re
import zlib
from collections.abc import Callable, Mapping

import brotli

LAYERS_MAX = 3  # content encodings on top of each other; more is an attack
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,256}\r\n")

GZIP_OR_ZLIB, RAW_DEFLATE = 47, -15  # zlib's window arguments


class PayloadTooLarge(ValueError):
    """A payload unpacks to more than the bound."""


def decode_payload(body: bytes, headers: Mapping[str, str], max_bytes: int) -> bytes:
    """Return the bytes a browser would see: chunks joined, gzip, deflate and brotli undone.

    A label that lies is not believed: many archivers keep the header of an encoding that they have
    undone. Encodings not known here (zstd) leave the bytes as they are.

    Args:
        body: the stored payload.
        headers: response headers, names in lower case.
        max_bytes: bound on the result and on each step to it.

    Raises:
        PayloadTooLarge: it unpacks to more.

    >>> decode_payload(zlib.compress(b"<p>"), {"content-encoding": "deflate"}, 100)
    b'<p>'
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = join_chunks(body)
    encodings = [name.strip() for name in headers.get("content-encoding", "").lower().split(",")]
    for name in reversed(encodings[-LAYERS_MAX:]):
        undo = ENCODINGS.get(name)
        body = undo(body, max_bytes) if undo else body
    return body


def join_chunks(body: bytes) -> bytes:
    r"""Return a body sent in chunks (RFC 9112 section 7.1) as one; as it is if it has none.

    A body cut off in a chunk keeps what came.

    >>> join_chunks(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), join_chunks(b"<html>")
    (b'abcde', b'<html>')
    """
    parts, at = [], 0
    while at < len(body):
        size = CHUNK_SIZE.match(body, at)
        if size is None:
            return body
        length = int(size[1], 16)
        if length == 0:
            break
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length + 2
    return b"".join(parts)


def _inflate(body: bytes, max_bytes: int, window: int = GZIP_OR_ZLIB) -> bytes:
    parts: list[bytes] = []
    size, rest = 0, body
    while rest:
        stream = zlib.decompressobj(window)
        try:
            part = stream.decompress(rest, max_bytes + 1 - size)
        except zlib.error:
            if parts:
                break  # bytes after the end of the stream
            return body if window == RAW_DEFLATE else _inflate(body, max_bytes, RAW_DEFLATE)
        size += len(part)
        if size > max_bytes:
            raise PayloadTooLarge(f"it unpacks to more than {max_bytes} bytes")
        parts.append(part)
        rest = stream.unused_data if stream.eof else b""
    return b"".join(parts)


def _unbrotli(body: bytes, max_bytes: int) -> bytes:
    stream = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        part = stream.process(body, output_buffer_limit=max_bytes + 1)
        while part:
            size += len(part)
            if size > max_bytes:
                raise PayloadTooLarge(f"it unpacks to more than {max_bytes} bytes")
            parts.append(part)
            part = b""
            if not stream.is_finished():
                part = stream.process(b"", output_buffer_limit=max_bytes + 1 - size)
    except brotli.error:
        return body if not parts else b"".join(parts)
    return b"".join(parts)


ENCODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "br": _unbrotli,
}

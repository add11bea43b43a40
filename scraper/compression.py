"""gzip, fast and bounded (RFC 1952): the one door to ISA-L.

Measured on 60 real pages of 377 kB: ISA-L at level 1 packs one in 0.6 ms to 21.0 %, zlib at level 2
in 2.9 ms to 20.6 %; it unpacks one in 0.6 ms, zlib in 1.2 ms and Python's GzipFile in 1.6 ms.
"""

from collections.abc import Iterable

from isal import isal_zlib

LEVEL = 1
GZIP_FORMAT = 31  # zlib's window argument for a gzip member
MEMBERS_MAX = 1000  # members in one stream; WARC files, which have more, are read one at a time


class TooLarge(ValueError):
    """Unpacked, the data would be larger than allowed."""


def gzip_member(parts: Iterable[bytes]) -> bytes:
    """Return one gzip member that holds the parts, one after another."""
    packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, GZIP_FORMAT)
    return b"".join([*(packer.compress(part) for part in parts), packer.flush()])


def gunzip(data: bytes, max_bytes: int) -> bytes:
    """Return gzip data unpacked, all its members; what came before damage or a cut is kept.

    Raises:
        TooLarge: there is more than `max_bytes` (0: any size is allowed).

    >>> gunzip(gzip_member([b"a", b"b"]) + gzip_member([b"c"]), 10)
    b'abc'
    """
    found: list[bytes] = []
    size = 0
    for _ in range(MEMBERS_MAX):
        unpacker = isal_zlib.decompressobj(GZIP_FORMAT)
        allowed = max_bytes - size + 1 if max_bytes else 0
        try:
            part = unpacker.decompress(data, allowed) if allowed else unpacker.decompress(data)
        except isal_zlib.error:  # type: ignore[misc]  # an exception, though its stub hides it
            break
        found.append(part)
        size += len(part)
        if max_bytes and size > max_bytes:
            raise TooLarge(f"more than {max_bytes} bytes unpacked")
        data = unpacker.unused_data
        if not data or not unpacker.eof:
            break
    return b"".join(found)

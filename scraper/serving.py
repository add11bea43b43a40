"""Serves an archive: Datasette in its own process, with our metadata under the file's own name."""

import ipaddress
import json
import os
import socket
import sys
import tempfile
from pathlib import Path

METADATA = Path(__file__).parent.parent / "datasette-metadata.json"
METADATA_NAME = "archive"  # what the metadata calls the database: the stem of archive.db
PORTS_TRIED = 20

# Heavy pages on a big archive need more than Datasette's defaults; docs/design.md has the measures.
SETTINGS = {
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 2000,
    "default_page_size": 20,
    "max_returned_rows": 1000,
    "suggest_facets": "off",
    "allow_download": "off",
}


def serve_archive(db: Path, host: str, port: int, *, allows_sql: bool, base_url: str = "/") -> None:
    """Replace this process by Datasette serving the archive; a crawl may write meanwhile.

    The file must be an archive: `scraper.archive.database.open_reader` can tell. With `allows_sql`
    visitors may run SELECTs of their own; `base_url` is the path that a proxy serves it below.
    """
    sys.stdout.flush()
    command = [sys.executable, "-m", "datasette", "serve", str(db)]
    command += ["--metadata", str(metadata_for(db)), "--host", host, "--port", str(port)]
    chosen = {"default_allow_sql": "on" if allows_sql else "off", "base_url": base_url}
    for name, value in (SETTINGS | chosen).items():
        command += ["--setting", name, str(value)]
    os.execv(sys.executable, command)  # noqa: S606


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on is reached from this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("::")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def metadata_for(db: Path) -> Path:
    """Return a metadata file that describes this archive, whatever the file is called."""
    if db.stem == METADATA_NAME:
        return METADATA
    metadata = json.loads(METADATA.read_text("utf8"))
    metadata["databases"] = {db.stem: metadata["databases"][METADATA_NAME]}
    folder = Path(tempfile.mkdtemp(prefix="dateline-"))
    renamed = folder / METADATA.name
    renamed.write_text(json.dumps(metadata, ensure_ascii=False), "utf8")
    return renamed


def free_port(host: str, port: int) -> int:
    """Return `port`, or the next one after it that nothing listens on."""
    for candidate in range(port, port + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return port

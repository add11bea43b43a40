"""Room on the disks of an archive: crawls end before a disk is full, not because it is."""

import os
from pathlib import Path

GIGABYTE = 10**9
REMEDY = (
    "make room there (dateline prune drops raw captures), or move the archive to a larger disk, "
    "then run the same again"
)


def disk_trouble(db: Path, captures: Path, reserve_bytes: int) -> str:
    """Return which disk of an archive has less than a reserve left, and how much; "" for none.

    What is free to this user counts, not what the system keeps for root. A disk that cannot be
    asked is no trouble here: the first write to it tells.

    Args:
        db: the archive; its folder counts where it is not there yet.
        captures: the folder of raw captures, which may be on another disk.
        reserve_bytes: what has to stay free on each; 0 for no guard.

    >>> disk_trouble(Path("archive.db"), Path("captures"), 0)
    ''
    """
    if reserve_bytes <= 0:
        return ""
    for path in (db, captures):
        place = _nearest(path)
        try:
            found = os.statvfs(place)
        except OSError:
            continue
        free = found.f_bavail * found.f_frsize
        if free < reserve_bytes:
            return (
                f"the disk of {place} has {_gigabytes(free)} GB left, "
                f"and {_gigabytes(reserve_bytes)} GB are to stay free (DATELINE_DISK_RESERVE)"
            )
    return ""


def _nearest(path: Path) -> Path:
    """Return the nearest folder at or above a path that is there."""
    path = path.absolute()
    return next((folder for folder in (path, *path.parents) if folder.is_dir()), path)


def _gigabytes(size: int) -> str:
    """Return bytes as gigabytes.

    >>> _gigabytes(1_234_567_890), _gigabytes(20_000_000)
    ('1.23', '0.02')
    """
    return f"{size / GIGABYTE:.2f}"

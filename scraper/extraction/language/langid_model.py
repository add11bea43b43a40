"""py3langid's model, mapped from a file instead of held in memory by every worker."""

import contextlib
import logging
import mmap
import os
import sys
import tempfile
from array import array
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from py3langid.langid import LanguageIdentifier

logger = logging.getLogger(__name__)

# The model's two large arrays are 67 MB, unpacked anew in each process. Written once to files and
# mapped read-only they cost what a text touches. Measured with py3langid 0.4.0 on 130 pages, the
# same answers: +73 MB of RSS and 0.65 to 1.2 s of CPU before, +8 MB and 0.02 s now.
CACHE_FOLDER = "dateline"
TRANSITIONS, WEIGHTS, REST = "transitions.bin", "weights.bin", "rest.npz"
MODEL_FILE = "data/model.npz.xz"  # within py3langid


@dataclass(frozen=True, slots=True)
class Model:
    """A language identifier and the files it is mapped from, none if it is held in memory."""

    identifier: LanguageIdentifier
    maps: tuple[mmap.mmap, ...] = ()

    def classify(self, text: str) -> str:
        """Return the language of a text, ISO 639.

        >>> model().classify("Guten Morgen, wie geht es Ihnen heute?")
        'de'
        """
        language: str = self.identifier.classify(text)[0]
        for view in self.maps:
            # Touched pages would stay resident and add up to the whole model within 100 texts;
            # they come back from the page cache at 0.1 to 0.3 ms a text.
            with contextlib.suppress(
                OSError, ValueError, AttributeError
            ):  # no such call on Windows
                view.madvise(mmap.MADV_DONTNEED)
        return language


@lru_cache(maxsize=1)
def model() -> Model:
    """Return the language model, mapped from the cache; loaded plainly if that fails."""
    folder = cache_folder()
    with contextlib.suppress(OSError, ValueError, KeyError):
        return mapped(folder)
    plain = LanguageIdentifier.from_model_file(MODEL_FILE)
    try:
        save(plain, folder)
        return mapped(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.warning("the language model cannot be cached in %s: %s", folder, error)
        return Model(plain)


def cache_folder() -> Path:
    """Return where the unpacked model lies, named by everything its bytes depend on."""
    name = f"py3langid-{version('py3langid')}-{sys.byteorder}"
    root = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    with contextlib.suppress(OSError, RuntimeError):
        folder = Path(root).expanduser() / CACHE_FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder / name
    user = os.getuid() if hasattr(os, "getuid") else ""
    return Path(tempfile.gettempdir()) / f"{CACHE_FOLDER}-{user}" / name


def save(identifier: LanguageIdentifier, folder: Path) -> None:
    """Write a model's arrays; files appear whole or not at all, whoever else writes them too.

    Raises:
        OSError: the folder cannot be written, or may be written by someone else.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_strangers(folder)
    moves = identifier.tk_nextmove
    weights = np.ascontiguousarray(identifier.nb_ptc)
    _write(folder / TRANSITIONS, memoryview(moves).cast("B"))
    _write(folder / WEIGHTS, weights.data.cast("B"))
    with _new_file(folder / REST) as file:  # last: when it is there, the others are whole
        np.savez(
            file,
            pc=identifier.nb_pc,
            classes=np.array(identifier.nb_classes),
            row=np.array(identifier.tk_row, dtype=np.uint32),
            output=np.array(identifier.tk_output, dtype=np.int32),
            kinds=np.array([moves.typecode, weights.dtype.str]),
        )


def _refuse_strangers(folder: Path) -> None:
    """Raise PermissionError where another user could have laid the files we would map."""
    for place in (folder, folder.parent) if hasattr(os, "getuid") else ():
        found = place.stat()
        if found.st_uid != os.getuid() or found.st_mode & 0o022:
            raise PermissionError(f"{place} may be written by other users")


@contextlib.contextmanager
def _new_file(path: Path) -> Any:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            yield file
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    Path(file.name).replace(path)


def _write(path: Path, data: memoryview) -> None:
    with _new_file(path) as file:
        file.write(data)


def mapped(folder: Path) -> Model:
    """Return the model whose large arrays are mapped from files.

    Raises:
        OSError, ValueError, KeyError: the files are not there, not whole or not to be trusted.
    """
    _refuse_strangers(folder)
    with np.load(folder / REST, allow_pickle=False) as rest:
        pc, classes, row, output, kinds = (
            rest[name] for name in ("pc", "classes", "row", "output", "kinds")
        )
    views = tuple(_map(folder / name) for name in (TRANSITIONS, WEIGHTS))
    code: Any = str(kinds[0])
    moves = memoryview(views[0]).cast(code)
    weights = np.frombuffer(views[1], dtype=str(kinds[1])).reshape(-1, len(classes))
    if len(moves) != (int(row.max()) + 1) * 256 or len(weights) <= int(output.max()):
        raise ValueError(f"the language model in {folder} is not whole")
    identifier = LanguageIdentifier(
        weights, pc, classes.tolist(), moves, array("i", output.tobytes()), tk_row=row.tolist()
    )
    identifier.tk_row = ()  # used by the constructor only; 4 MB of numbers
    return Model(identifier, views)


def _map(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

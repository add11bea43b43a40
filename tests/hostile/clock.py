"""A wall clock that can be set back below a running process; needs a C compiler."""

import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")
COMPILE_SECONDS = 60


def compiler() -> str | None:
    """Return a C compiler, None where there is none."""
    return shutil.which("cc")


class Clock:
    """Preloaded into processes started with `environment`; `set_back` acts on them at once."""

    def __init__(self, folder: Path) -> None:
        self.library = folder / "clock.so"
        self.file = folder / "behind"
        self.file.write_bytes(struct.pack("q", 0))
        words = [compiler() or "cc", "-shared", "-fPIC", "-O1", str(SOURCE), "-ldl"]
        subprocess.run([*words, "-o", str(self.library)], check=True, timeout=COMPILE_SECONDS)

    @property
    def environment(self) -> dict[str, str]:
        """Return what a process must be started with."""
        return {"LD_PRELOAD": str(self.library), "CLOCK_BEHIND": str(self.file)}

    def set_back(self, hours: int) -> None:
        """Set the clock so far behind the true one."""
        with self.file.open("r+b") as file:
            file.write(struct.pack("q", hours * 3600))

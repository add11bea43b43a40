"""The ground an archive stands on: a small file system of its own that can be made to fail."""

import contextlib
import fcntl
import os
import shutil
import struct
import subprocess
from pathlib import Path

IMAGE_BYTES = 256 * 2**20  # sparse; a trial's archive takes a tenth
SHUTDOWN = (2 << 30) | (4 << 16) | (ord("X") << 8) | 125  # EXT4_IOC_SHUTDOWN, linux/ext4.h
NOTHING_FLUSHED = 2  # EXT4_GOING_FLAGS_NOLOGFLUSH: what was not synced is lost
COMMAND_SECONDS = 60
FILL_TRIES = 5
BLOCK_BYTES = 512  # of st_blocks (stat(2))
OUTER_MOUNTS = "OUTER_MOUNTS"  # environment variable: the mounts that are not ours alone


class Ground:
    """A folder for one archive: an ext4 image on a loop device if it can be had, else plain.

    Only an image can be filled, turn read-only below its users as ext4 does on errors, or lose
    its power. Mounts are those of this process's own namespace (`unshare --mount`).
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ground"
        self.path.mkdir(parents=True)
        self.image = folder / "ground.img"
        self.ballast = self.path / "ballast"
        self.why_plain = self._mount_image()
        self.is_damaged = False

    def fill(self, leave_bytes: int) -> None:
        """Leave so much room and no more."""
        with self.ballast.open("wb") as file:
            for _ in range(FILL_TRIES):  # a crawl writes meanwhile, and may have what was free
                wanted = os.fstat(file.fileno()).st_blocks * BLOCK_BYTES - leave_bytes
                wanted += shutil.disk_usage(self.path).free
                with contextlib.suppress(OSError):
                    os.posix_fallocate(file.fileno(), 0, max(wanted, 1))
                    return

    def make_read_only(self) -> None:
        """Let the kernel meet an error in the file system: it takes no more writes from anyone."""
        device = Path(os.path.realpath(self._device())).name
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("killed by a test")
        self.is_damaged = True

    def cut_power(self) -> None:
        """Lose all that was not synced to disk."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", NOTHING_FLUSHED))
        finally:
            os.close(descriptor)
        self.is_damaged = True

    def mend(self) -> None:
        """Give room and writing back, as an operator does; nobody may be at work there."""
        if self.is_damaged:
            run("umount", str(self.path))
            run("e2fsck", "-fy", str(self.image), may_fail=True)  # 1 says that it mended
            run("mount", "-o", "loop,errors=remount-ro", str(self.image), str(self.path))
            self.is_damaged = False
        self.ballast.unlink(missing_ok=True)

    def remove(self) -> None:
        """Take everything away."""
        if not self.why_plain:
            run("umount", str(self.path))
        self.image.unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def _mount_image(self) -> str:
        with self.image.open("wb") as file:
            file.truncate(IMAGE_BYTES)
        try:
            if os.environ.get(OUTER_MOUNTS, mounts()) == mounts():
                raise PermissionError("mounts would be everybody's")
            run("mkfs.ext4", "-q", "-m", "0", str(self.image))
            run("mount", "-o", "loop,errors=remount-ro", str(self.image), str(self.path))
        except (OSError, subprocess.SubprocessError) as error:
            self.image.unlink()
            said = getattr(error, "stderr", b"") or str(error).encode()
            return f"no file system of our own: {said.decode(errors='replace').strip()[:200]}"
        return ""

    def _device(self) -> str:
        for line in Path("/proc/self/mounts").read_text().splitlines():
            device, where, *_ = line.split()
            if where == str(self.path):
                return device
        raise FileNotFoundError(f"nothing is mounted at {self.path}")


def run(*words: str, may_fail: bool = False) -> None:
    """Run a command of the system to its end."""
    subprocess.run(words, check=not may_fail, capture_output=True, timeout=COMMAND_SECONDS)


def mounts() -> str:
    """Return a name of the mounts that this process sees."""
    return str(Path("/proc/self/ns/mnt").readlink())


def begin_with_own_mounts(words: list[str]) -> None:
    """Become the command `words`, with mounts of its own; return where that is barred, or done."""
    if OUTER_MOUNTS in os.environ:
        return
    unshare = ["unshare", "--mount", "--propagation", "private"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        run(*unshare, "true")
        os.execvpe(unshare[0], [*unshare, *words], os.environ | {OUTER_MOUNTS: mounts()})

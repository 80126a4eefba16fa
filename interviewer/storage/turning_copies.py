"""The public file and its hidden copies, which take turns: how an append is cheap, durable and never seen half done.

Every append goes to a copy that nobody can see, which then changes places with the public file:

    1. lease     take the write lease of a hidden copy: nobody has it open, and nobody can open it meanwhile
    2. write     the records it lacks (those of the last turns, read from the public file) and the new ones, and the
                 closing bracket, in one write at the end of its body; cut off what an earlier failure left behind
    3. fsync     of the copy
    4. link      the public file gets a second, hidden name
    5. rename    the copy takes the public name; the old public file lives on as a hidden copy, one turn behind

The append is acknowledged after 5. What a crash of the process leaves: before 5 the public file is untouched and whole,
and the hidden copy, whose stamp (inode, size, mtime) is no longer the one recorded, is thrown away. Between 4 and 5 a
stray hidden name of the public file is left, which is removed. After 5 the public file is whole with the new records.

What a power cut leaves: the records are on disk since 3, but the rename may not be, and the public name may have gone
back a turn, or some turns. Then a hidden copy is longer than the public file and goes on where that ends: the longest
such copy that is whole takes the public name when the file is first opened after the boot (`take_longest`). Syncing the
folder at each append would spare that, at the price of a second trip to the disk.

Why a reader is safe: what opens the public name gets a whole file, whichever it is. A reader that opened it turns ago
still reads the same file, now hidden, and must not see it grow: step 1 asks the kernel (fcntl F_SETLEASE, F_WRLCK)
whether anyone has it open, and passes over it if so. A reader who found the name just before 5 and opens it just after
is held by the kernel until the lease is given back, when the file is whole again. With every copy busy a new one is
made from the public file, so there are as many copies as slow readers, and two.

The kernel announces such a waiting reader by a signal, SIGIO by default, which would end the process: SIGURG, which
is ignored by default, is asked for instead.

Elsewhere than on Linux (macOS has no leases), and on file systems without leases or hard links, no copy is ever used
again: each append writes a new file. That is as safe, but its cost grows with the file.
"""

import contextlib
import errno
import fcntl
import os
import shutil
import signal
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from interviewer.storage.array_format import CLOSE, OPEN, body_end, parse_line, read_lines, separator
from interviewer.storage.durable import sync_folder

NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK)

COMPARED_BYTES = 1024 * 1024

MOST_COPIES = 16
"""More slow readers than this at once, and the old public file is let go instead of kept."""


@dataclass(frozen=True)
class Stamp:
    """What tells a file's content apart without reading it."""

    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Stamp":
        """The stamp in a stat result."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


@dataclass(frozen=True)
class FileState:
    """What the last writer left: kept in the lock file, so that every process trusts what none has changed behind us.

    `generation` changes with each rewrite, `public` is the stamp of the public file, `copies` those of the hidden ones,
    and `boot` names the boot of the machine: what an earlier one left may have gone through a power cut.
    """

    generation: int
    public: Stamp
    boot: str
    copies: dict[str, Stamp] = field(default_factory=dict)


class TurningCopies:
    """The files of one public path. The caller holds the lock file; errors are OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._prefix = f".{path.name}.copy"
        self._paths: dict[str, Path] = {}

    def append(self, state: FileState, lines: bytes) -> FileState:
        """Add encoded records (joined by ",\\n") to the public file; durable when it returns.

        On an error the public file is either as before or whole with the new records.
        """
        end = body_end(state.public.size)
        with self._writable_copy(state) as (name, descriptor, copy_end):
            content = self._missing(copy_end, end) + separator(end) + lines + CLOSE
            _write_all(descriptor, content, copy_end)
            if os.fstat(descriptor).st_size > copy_end + len(content):
                os.ftruncate(descriptor, copy_end + len(content))
            os.fsync(descriptor)
            written = Stamp.of(os.fstat(descriptor))
            copies = {other: stamp for other, stamp in state.copies.items() if other != name}
            if len(copies) < MOST_COPIES and _leases_exist():
                old = _free_name({*state.copies, name})
                if self._keep_public_as(old):
                    copies[old] = state.public
            self._path(name).rename(self.path)
        return replace(state, public=written, copies=copies)

    def take_longest(self) -> bool:
        """Let the longest whole copy that goes on where the public file ends take its name; whether there was one.

        A public file that was written later than the copy was put there by somebody, and stays.
        """
        if body_end(self.path.stat().st_size) < len(OPEN):
            return False  # not even an empty array: that is damage, not a name gone back
        public = self.path.stat()
        hidden = [(path, path.stat()) for path in self.hidden()]
        longer = [path for path, it in hidden if it.st_size > public.st_size and it.st_mtime_ns >= public.st_mtime_ns]
        for path in sorted(longer, key=lambda path: -path.stat().st_size):
            if _is_whole(path) and _begins_with(path, self.path, body_end(self.path.stat().st_size)):
                path.rename(self.path)
                sync_folder(self.path.parent)
                return True
        return False

    def discard_all(self) -> None:
        """Remove every hidden copy, also such as a crash left behind."""
        for path in self.hidden():
            path.unlink(missing_ok=True)

    def hidden(self) -> list[Path]:
        """The hidden copies that are there."""
        return sorted(self.path.parent.glob(f"{self._prefix}*"))

    @contextlib.contextmanager
    def _writable_copy(self, state: FileState) -> Iterator[tuple[str, int, int]]:
        """(name, descriptor, end of its body) of a copy that nobody reads; thrown away when the block fails."""
        name, descriptor, copy_end = self._idle_copy(state) or self._new_copy(state)
        try:
            yield name, descriptor, copy_end
        except BaseException:
            with contextlib.suppress(OSError):
                self._path(name).unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)  # gives the lease back

    def _idle_copy(self, state: FileState) -> tuple[str, int, int] | None:
        for name, stamp in state.copies.items():
            try:
                descriptor = os.open(self._path(name), os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            except OSError:
                continue
            if Stamp.of(os.fstat(descriptor)) == stamp and _lease(descriptor):
                return name, descriptor, body_end(stamp.size)
            os.close(descriptor)
        return None

    def _new_copy(self, state: FileState) -> tuple[str, int, int]:
        name = _free_name(state.copies)
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)  # left behind by a crash, it may be the public file by another name
            shutil.copyfile(self.path, path)
            return name, os.open(path, os.O_RDWR | os.O_CLOEXEC), body_end(state.public.size)
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            raise

    def _keep_public_as(self, name: str) -> bool:
        """Give the public file a second, hidden name; False where the file system has no hard links."""
        try:
            try:
                os.link(self.path, self._path(name))
            except FileExistsError:  # left behind by a crash
                self._path(name).unlink()
                os.link(self.path, self._path(name))
        except OSError as error:
            if error.errno not in NO_HARD_LINKS:
                raise
            return False
        return True

    def _missing(self, start: int, end: int) -> bytes:
        """What the public file has and the copy has not."""
        if start == end:
            return b""
        descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.pread(descriptor, end - start, start)
        finally:
            os.close(descriptor)

    def _path(self, name: str) -> Path:
        if name not in self._paths:
            self._paths[name] = self.path.with_name(f"{self._prefix}{name}")
        return self._paths[name]


def _free_name(taken: Collection[str]) -> str:
    """A name that no copy has."""
    return next(str(number) for number in range(len(taken) + 1) if str(number) not in taken)


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            for _, line in read_lines(file):
                parse_line(line)
    except ValueError:
        return False
    return True


def _begins_with(path: Path, other: Path, length: int) -> bool:
    """Whether the first `length` bytes of both files are the same."""
    with path.open("rb") as one, other.open("rb") as two:
        while length > 0:
            chunk = one.read(min(length, COMPARED_BYTES))
            if not chunk or chunk != two.read(len(chunk)):
                return False
            length -= len(chunk)
    return True


def _write_all(descriptor: int, content: bytes, offset: int) -> None:
    """pwrite that does not stop half way: a nearly full disk takes a part and reports no error."""
    view = memoryview(content)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written


def _leases_exist() -> bool:
    return hasattr(fcntl, "F_SETLEASE")


def _lease(descriptor: int) -> bool:
    """Take the write lease; False when somebody has the file open, or leases do not work here."""
    if not _leases_exist():
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    except OSError:
        return False
    return True

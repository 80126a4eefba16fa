"""Writes that survive a crash: temporary file, fsync, rename, fsync of the folder."""

import contextlib
import fcntl
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path

from interviewer.errors import StorageUnavailable
from interviewer.turn_taking import waiting

READ_BYTES = 256 * 1024

ASK_AGAIN_S = 0.005
"""Between two looks at a lock that is waited for with a time limit."""


def replace_file(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Give `path` this content, all or nothing: a reader sees the old file or the new one, and so does a restart.

    `mode` is its permissions; without one the umask decides. The caller holds a lock on `path`. Raises
    StorageUnavailable when the disk does not take it; the file is whole then too, and nearly always the old one (the
    new one, when only the sync of the folder failed).
    """
    temporary = path.with_name(f".{path.name}.tmp")  # one name: whoever holds the lock takes over a dead writer's
    try:
        _write_synced(temporary, content, mode)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise StorageUnavailable(f"{path.name} could not be written: {error.strerror}.") from error


def read_file(path: Path) -> bytes:
    """What a file holds, without a file object of Python, whose many system calls make threads wait for each other."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        pieces = []
        while piece := os.read(descriptor, READ_BYTES):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def _write_synced(path: Path, content: bytes, mode: int | None) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        if mode is not None:
            os.fchmod(descriptor, mode)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_file(path: Path) -> None:
    """Remove a file for good; a missing one is fine. Raises StorageUnavailable when the disk refuses."""
    try:
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise StorageUnavailable(f"{path.name} could not be removed: {error.strerror}.") from error


def sync_folder(folder: Path) -> None:
    """Make renames and removals in a folder durable: they live in the folder, not in the file."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def file_lock(path: Path, *, longest_wait: float = math.inf) -> Iterator[bool]:
    """Hold the advisory lock of a lock file, against threads and processes alike; yields whether it is held.

    It yields False when someone else still has it after `longest_wait` seconds; 0 asks once. Raises
    StorageUnavailable when the lock file cannot be opened.
    """
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(path, longest_wait=longest_wait))
        except BlockingIOError:
            yield False
            return
        yield True


@contextlib.contextmanager
def locked(path: Path, *, longest_wait: float = math.inf) -> Iterator[int]:
    """Hold the lock of a lock file; yields its descriptor, open for reading and writing.

    flock belongs to the open file description, so opening the file anew each time makes it serve threads too.
    The kernel drops it when the process dies. Raises BlockingIOError when it is still taken after
    `longest_wait` seconds, and StorageUnavailable when the lock file cannot be opened.
    """
    descriptor = _lock(path, longest_wait)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(path: Path, longest_wait: float) -> int:
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageUnavailable(f"{path.name} could not be opened: {error.strerror}.") from error
        try:
            _flock(descriptor, longest_wait)
            if _still_there(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _flock(descriptor: int, longest_wait: float) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if longest_wait <= 0:
            raise
        with waiting():
            if longest_wait == math.inf:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            else:
                _flock_within(descriptor, longest_wait)


def _flock_within(descriptor: int, longest_wait: float) -> None:
    """The kernel has no lock with a time limit, so ask again until it is over."""
    give_up_at = time.monotonic() + longest_wait
    while True:
        time.sleep(ASK_AGAIN_S)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= give_up_at:
                raise
        else:
            return


def _still_there(descriptor: int, path: Path) -> bool:
    """Whether the lock file was not removed while we waited: a lock on a removed file excludes nobody."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False

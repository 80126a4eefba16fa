"""Putting a backup in the place of what a data folder holds.

Everything is unpacked and synced beside its place first, so that a full disk or a bad backup changes nothing; then each
file takes its place by a rename under the lock of its writers. These notice that the file is not as they left it, read
it anew and drop their hidden copies. A crash between two renames leaves some files old: restore again.
"""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.storage.archive import Advance, BackupArchive, BackupError
from interviewer.storage.array_format import EMPTY
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.durable import file_lock, locked, replace_file, sync_folder
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.storage.snapshot import FILES, LIVE_FOLDER, snapshot
from interviewer.storage.turning_copies import TurningCopies


@dataclass(frozen=True)
class Held:
    """What a data folder holds before a restore: which of the three files have records, and who is in progress."""

    files: tuple[str, ...]
    live_ids: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.files or self.live_ids)


def held(data_dir: Path) -> Held:
    """What is in the folder now. A file counts when it, or a hidden copy of it, is anything but an empty array."""
    names = (name for name in FILES if any(_holds(path) for path in _forms(data_dir, name)))
    with snapshot(data_dir) as state:
        return Held(tuple(names), tuple(state.live))


def restore(archive: BackupArchive, data_dir: Path, advance: Advance) -> None:
    """Make the folder hold what the backup holds, and nothing else in the three files and in_progress.

    Raises BackupError when the backup is bad or another restore runs, StorageUnavailable or OSError for the disk.
    """
    live = LiveInterviews(data_dir)  # makes the folders
    with _staging(data_dir) as staging:
        archive.extract(staging, advance)
        _place_files(staging, data_dir)
        for session_id in sorted({*live.ids(), *archive.manifest.live_ids}):
            _place_live(staging, live, session_id)
    DataStorage(data_dir)  # reads the files that are new to it and drops the hidden copies of the old ones


def _place_files(staging: Path, data_dir: Path) -> None:
    with contextlib.ExitStack() as held_locks:
        for name in FILES:
            held_locks.enter_context(locked(data_dir / f".{name}.lock"))  # as JsonArrayFile names it
        for name in FILES:
            public = data_dir / name
            if public.is_dir():
                raise BackupError(f"{public} is a folder: take it away first.")
            (staging / name).replace(public)
            for copy in TurningCopies(public).hidden():
                copy.unlink(missing_ok=True)  # what was replaced must not come back as the longer copy
        sync_folder(data_dir)


def _place_live(staging: Path, live: LiveInterviews, session_id: str) -> None:
    staged = staging / LIVE_FOLDER / f"{session_id}.json"
    with live.lock(session_id):
        live.remove(session_id)  # with what was set aside of it
        if staged.exists():
            replace_file(live.folder / staged.name, staged.read_bytes())


@contextlib.contextmanager
def _staging(data_dir: Path) -> Iterator[Path]:
    """An empty folder on the disk of the data, gone at the end; one that a killed restore left is taken over."""
    staging = data_dir / ".restore"
    with file_lock(data_dir / ".restore.lock", longest_wait=0) as alone:
        if not alone:
            raise BackupError("Another restore into this folder is running.")
        try:
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir(mode=0o700)
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _forms(data_dir: Path, name: str) -> list[Path]:
    return [data_dir / name, *TurningCopies(data_dir / name).hidden()]


def _holds(path: Path) -> bool:
    return path.exists() and (path.is_dir() or path.stat().st_size != len(EMPTY))

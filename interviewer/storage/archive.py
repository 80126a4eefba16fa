"""Backups: a zip of the three files and the interviews in progress, with a manifest of what they must be.

manifest.json           version, created_at, and of each member its size (bytes), SHA-256 and record count
interviews.json  answers.json  job_descriptions.json
in_progress/SESSION_ID.json
"""

import contextlib
import hashlib
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import IO, BinaryIO, Self, cast

from pydantic import Field

import interviewer
from interviewer.clock import Moment
from interviewer.errors import InterviewerError
from interviewer.records import Record
from interviewer.storage.array_format import parse_line, read_lines
from interviewer.storage.durable import sync_folder
from interviewer.storage.live_interviews import SESSION_ID
from interviewer.storage.snapshot import FILES, LIVE_FOLDER, Snapshot

MANIFEST = "manifest.json"
LIVE_MEMBER = re.compile(rf"{LIVE_FOLDER}/({SESSION_ID.pattern})\.json")
CHUNK = 1 << 20  # bytes
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for damage: the last are for one that claims to be encrypted, and for names that are no text."""

Advance = Callable[[int], object]
"""Told how many bytes were done since it was last told."""


class BackupError(InterviewerError):
    """A backup cannot be made, or is not what it claims to be. The text says which member, and what to do."""


class Member(Record):
    """What one file in the zip must be."""

    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    records: int = Field(ge=0)


class Manifest(Record):
    """What the zip holds, beside the manifest itself."""

    version: str
    created_at: Moment
    members: dict[str, Member]

    def records(self, name: str) -> int:
        """How many records one of the three files has."""
        return self.members[name].records

    @property
    def live_ids(self) -> list[str]:
        """The interviews in progress, sorted."""
        return sorted(found[1] for name in self.members if (found := LIVE_MEMBER.fullmatch(name)))

    @property
    def size(self) -> int:
        """All members together, in bytes."""
        return sum(member.size for member in self.members.values())


def write_archive(state: Snapshot, target: Path, now: datetime, advance: Advance) -> Manifest:
    """Put a snapshot into a zip that appears under `target`, replacing what is there, when it is whole and on disk.

    Raises BackupError for a file that is not in our form, OSError when the disk refuses.
    """
    for name, reason in state.unreadable.items():
        raise BackupError(f"{name} cannot be read ({reason}): start the server once, it mends what is damaged.")
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            manifest = _write_zip(state, file, now, advance)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
        sync_folder(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    return manifest


def _write_zip(state: Snapshot, file: BinaryIO, now: datetime, advance: Advance) -> Manifest:
    members: dict[str, Member] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in state.files.items():
            with archive.open(name, "w", force_zip64=True) as sink:
                members[name] = _pass_on(name, source, sink.write, advance)
        for session_id, content in state.live.items():
            name = f"{LIVE_FOLDER}/{session_id}.json"
            if content is None:
                raise BackupError(f"{name} cannot be read: start the server once, it sets aside what is damaged.")
            archive.writestr(name, content)
            members[name] = Member(size=len(content), sha256=hashlib.sha256(content).hexdigest(), records=1)
            advance(len(content))
        manifest = Manifest(version=interviewer.__version__, created_at=now, members=members)
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
    return manifest


class BackupArchive:
    """A backup opened for reading, its manifest and the names of its members checked.

    Raises BackupError for what is no backup of ours, whole; the members' content is checked as it is read.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN_ZIP as error:
            raise BackupError(f"{path.name} is no zip file, or not a whole one ({error}).") from error
        try:
            self.manifest = self._read_manifest()
            self._check_names()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check(self, advance: Advance) -> None:
        """Read everything, keep nothing. Raises BackupError for the first member that is not as it was backed up."""
        for name in self.manifest.members:
            self._read(name, lambda _: None, advance)

    def extract(self, folder: Path, advance: Advance) -> None:
        """Write the members below an empty folder and sync them, checking each again as it is read."""
        (folder / LIVE_FOLDER).mkdir(mode=0o700)
        for name in self.manifest.members:
            with (folder / name).open("wb") as file:
                self._read(name, file.write, advance)
                file.flush()
                os.fsync(file.fileno())

    def _read(self, name: str, sink: Callable[[bytes], object], advance: Advance) -> None:
        try:
            with self._zip.open(name) as packed, BufferedReader(packed, CHUNK) as source:  # type: ignore[type-var]
                found = _pass_on(name, source, sink, advance)
        except BROKEN_ZIP as error:
            raise BackupError(f"{name} in the backup is damaged ({error}).") from error
        if found != self.manifest.members[name]:
            raise BackupError(f"{name} in the backup is not what its manifest says.")

    def _read_manifest(self) -> Manifest:
        try:
            return Manifest.model_validate_json(self._zip.read(MANIFEST))
        except KeyError:
            raise BackupError(f"There is no {MANIFEST} in it: this is no backup made by `backup`.") from None
        except BROKEN_ZIP as error:  # pydantic's ValidationError is a ValueError
            raise BackupError(f"{MANIFEST} in the backup is damaged.") from error

    def _check_names(self) -> None:
        """Nothing but what we put into a backup: no name can lead out of the folder (zip slip), or hide another."""
        names = self._zip.namelist()
        strange = [name for name in names if name not in (*FILES, MANIFEST) and not LIVE_MEMBER.fullmatch(name)]
        if strange:
            raise BackupError(f"{strange[0]!r} does not belong into a backup.")
        if sorted(names) != sorted([MANIFEST, *self.manifest.members]) or not set(FILES) <= set(names):
            raise BackupError("The files in the backup are not those that its manifest names.")


class _Passing:
    """Reads a file for `read_lines`, and hands on every byte that is read."""

    def __init__(self, source: IO[bytes], hand_on: Callable[[bytes], None]) -> None:
        self._source = source
        self._hand_on = hand_on

    def readline(self) -> bytes:
        line = self._source.readline()
        self._hand_on(line)
        return line

    def read(self, size: int) -> bytes:
        content = self._source.read(size)
        self._hand_on(content)
        return content


def _pass_on(name: str, source: IO[bytes], sink: Callable[[bytes], object], advance: Advance) -> Member:
    """Hand a member's bytes from source to sink; what they are. Raises BackupError unless each record parses."""
    digest, size = hashlib.sha256(), 0

    def hand_on(content: bytes) -> None:
        nonlocal size
        digest.update(content)
        size += len(content)
        sink(content)
        advance(len(content))

    try:
        count = sum(1 for _ in _records(name, _Passing(source, hand_on)))
    except ValueError as error:
        raise BackupError(f"{name} is not in the form it is kept in: {error}. `verify` says more.") from error
    return Member(size=size, sha256=digest.hexdigest(), records=count)


def _records(name: str, source: _Passing) -> Iterator[object]:
    if name in FILES:
        yield from (parse_line(line) for _, line in read_lines(cast(BinaryIO, source)))
    else:
        yield parse_line(source.read(-1))

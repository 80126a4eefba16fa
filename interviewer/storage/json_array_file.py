"""One JSON array in a file, one record a line, that an outside json.load can read at any moment.

The form: the first line is `[`, the last `]`, each line between them one record, with a comma after all but the
last. This engine rewrites the file for each change (temporary file, fsync, rename), so its cost grows with
the file; what it never does is overwrite content it could not read: that is set aside first (promise P5).
"""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import orjson

from interviewer.errors import StorageUnavailable
from interviewer.storage.durable import file_lock, replace_file
from interviewer.storage.record_checks import JsonRecord

logger = logging.getLogger(__name__)

Stamp = tuple[int, int, int]  # inode, size, mtime in ns: changed by every replacement


class JsonArrayFile:
    """The file at `path`. Safe for many threads and processes; all of them take the lock file beside it to write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock_path = path.with_name(f".{path.name}.lock")
        self._stamp: Stamp | None = None
        self._records: list[JsonRecord] = []

    def ensure(self) -> None:
        """Make the file if it is not there, and mend it if it is damaged. Raises StorageUnavailable."""
        with file_lock(self._lock_path):
            self._load()

    def read(self) -> list[JsonRecord]:
        """All records, in file order. The caller must not change them. Raises StorageUnavailable."""
        stamp = self._stat()
        if stamp is not None and stamp == self._stamp:
            return self._records
        with file_lock(self._lock_path):
            return self._load()

    def change(self, edit: Callable[[list[JsonRecord]], list[JsonRecord] | None]) -> None:
        """Replace the records by what `edit` makes of a copy of them; None leaves the file as it is.

        Durable when it returns. Raises StorageUnavailable; then the file is as it was.
        """
        with file_lock(self._lock_path):
            edited = edit(list(self._load()))
            if edited is not None:
                self._write(edited)

    def forget_set_aside(self, session_id: str) -> None:
        """Drop the lines that name this id from what was set aside, and what a killed writer left behind."""
        self.path.with_name(f".{self.path.name}.tmp").unlink(missing_ok=True)
        needle = session_id.encode()
        for aside in self.path.parent.glob(f"{self.path.name}.damaged-*"):
            if aside.is_file() and needle in (raw := aside.read_bytes()):
                replace_file(aside, b"\n".join(line for line in raw.split(b"\n") if needle not in line))

    def _load(self) -> list[JsonRecord]:
        stamp = self._stat()
        if stamp is None and not self.path.is_dir():
            if self._stamp is not None:
                logger.warning("%s was deleted; a new one was made", self.path)
            self._write([])
        elif stamp is None or stamp != self._stamp:
            self._records = self._read_or_recover()
            self._stamp = self._stat()
        return self._records

    def _read_or_recover(self) -> list[JsonRecord]:
        try:
            raw = self.path.read_bytes()
        except IsADirectoryError:
            return self._set_aside([])
        except OSError as error:
            raise StorageUnavailable(f"{self.path.name} could not be read: {error.strerror}.") from error
        try:
            records = json.loads(raw)
        except ValueError:
            return self._set_aside(recover_records(raw))
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            return self._set_aside(recover_records(raw))
        if _encode(records) != raw:
            self._write(records)
            logger.info("%s was in another form; brought back to one record a line", self.path)
        return records

    def _set_aside(self, recovered: list[JsonRecord]) -> list[JsonRecord]:
        aside = self.path.with_name(f"{self.path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        try:
            self.path.rename(aside)
        except OSError as error:
            raise StorageUnavailable(f"{self.path.name} could not be set aside: {error.strerror}.") from error
        self._write(recovered)
        logger.warning("%s was damaged: set aside as %s, %d records recovered", self.path, aside.name, len(recovered))
        return recovered

    def _write(self, records: list[JsonRecord]) -> None:
        replace_file(self.path, _encode(records))
        self._records = records
        self._stamp = self._stat()

    def _stat(self) -> Stamp | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageUnavailable(f"{self.path.name} could not be read: {error.strerror}.") from error
        return None if self.path.is_dir() else (status.st_ino, status.st_size, status.st_mtime_ns)


def recover_records(raw: bytes) -> list[JsonRecord]:
    """Every whole record in damaged bytes: each outermost JSON object that still parses, in order.

    Bytes that are no UTF-8 spoil only the record they are in.
    """
    text = raw.decode("utf-8", errors="surrogateescape")
    decoder = json.JSONDecoder()
    records: list[JsonRecord] = []
    at = text.find("{")
    while at != -1:
        try:
            record, end = decoder.raw_decode(text, at)
            record_is_text = not any("\udc80" <= character <= "\udcff" for character in text[at:end])
            if record_is_text and "session_id" in record:
                records.append(record)
        except (ValueError, RecursionError):
            newline = text.find("\n", at)
            end = len(text) if newline == -1 else newline
        at = text.find("{", end)
    return records


def _encode(records: list[JsonRecord]) -> bytes:
    lines = b",\n".join(orjson.dumps(record) for record in records)
    return b"[\n" + lines + (b"\n]\n" if records else b"]\n")

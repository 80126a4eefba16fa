"""What was exported into which sheet, on disk: a hash for each interview, and why the last try of one failed.

A small SQLite file in the data folder, shared by all processes. It is no record of interviews: when it is lost, the
next export finds the rows by their keys in the sheet and writes them again in place.
"""

import contextlib
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from interviewer.errors import StorageUnavailable
from interviewer.sheets.pacing import Kind

logger = logging.getLogger(__name__)

FILE_NAME = ".google_sheets.sqlite3"
SCHEMA = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS sheets (name TEXT PRIMARY KEY, spreadsheet TEXT, error TEXT);
CREATE TABLE IF NOT EXISTS interviews (
    name TEXT, session_id TEXT, digest TEXT, failed_digest TEXT, reason TEXT, PRIMARY KEY (name, session_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS calls (kind TEXT, at REAL);
"""

Standing = Literal["pending", "exported", "failed"]


@dataclass(frozen=True)
class Entry:
    """What is known of one interview: the hash of the rows in the sheet, and of those that failed with a reason."""

    digest: str | None = None
    failed_digest: str | None = None
    reason: str | None = None

    def standing(self, digest: str) -> Standing:
        """Where an interview stands whose rows have this hash now."""
        if self.digest == digest:
            return "exported"
        return "failed" if self.failed_digest == digest else "pending"


NOTHING_KNOWN = Entry()


class ExportState:
    """The state of one data folder. Safe for many threads and processes. Raises StorageUnavailable for the disk."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection within one transaction."""
        try:
            with contextlib.closing(self._connected()) as connection, connection:
                yield connection
        except sqlite3.Error as error:
            raise StorageUnavailable(f"{FILE_NAME} could not be used: {error}.") from error

    def _connected(self) -> sqlite3.Connection:
        try:
            return _connect(self._path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            aside = self._path.with_name(f"{FILE_NAME}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
            with contextlib.suppress(FileNotFoundError):
                self._path.rename(aside)
            logger.warning("%s was damaged and set aside as %s; rows are written again in place", FILE_NAME, aside.name)
            return _connect(self._path)

    def entries(self, name: str, session_ids: Iterable[str] | None = None) -> dict[str, Entry]:
        """What is known of these interviews, or of all, in the sheet of this name, by id."""
        if not self._path.exists():
            return {}
        select = "SELECT session_id, digest, failed_digest, reason FROM interviews WHERE name = ?"
        with self._open() as connection:
            if session_ids is None:
                rows = connection.execute(select, (name,)).fetchall()
            else:
                found = (connection.execute(f"{select} AND session_id = ?", (name, each)) for each in session_ids)
                rows = [row for cursor in found for row in cursor]
        return {session_id: Entry(*rest) for session_id, *rest in rows}

    def opened(self, name: str, spreadsheet: str) -> None:
        """Note which spreadsheet a name led to. When it is another one than before, nothing is in it yet."""
        with self._open() as connection:
            known = connection.execute("SELECT spreadsheet FROM sheets WHERE name = ?", (name,)).fetchone()
            if known is not None and known[0] not in (None, spreadsheet):
                connection.execute("DELETE FROM interviews WHERE name = ?", (name,))
            connection.execute(
                "INSERT INTO sheets VALUES (?, ?, NULL) ON CONFLICT DO UPDATE SET spreadsheet = excluded.spreadsheet",
                (name, spreadsheet),
            )

    def exported(self, name: str, digests: Mapping[str, str]) -> None:
        """Note that the rows of these interviews, with these hashes, are in the sheet."""
        with self._open() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO interviews VALUES (?, ?, ?, NULL, NULL)",
                [(name, session_id, digest) for session_id, digest in digests.items()],
            )

    def failed(self, name: str, digests: Mapping[str, str], reason: str) -> None:
        """Note that these interviews could not be exported; what is in the sheet of them stays noted."""
        with self._open() as connection:
            connection.executemany(
                "INSERT INTO interviews VALUES (?, ?, NULL, ?, ?) "
                "ON CONFLICT DO UPDATE SET failed_digest = excluded.failed_digest, reason = excluded.reason",
                [(name, session_id, digest, reason) for session_id, digest in digests.items()],
            )

    def note_error(self, name: str, error: str | None) -> None:
        """Note why the sheet as a whole cannot be written, or None when it could."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO sheets VALUES (?, NULL, ?) ON CONFLICT DO UPDATE SET error = excluded.error", (name, error)
            )

    def error(self, name: str) -> str | None:
        """Why the sheet could not be written the last time, or None."""
        if not self._path.exists():
            return None
        with self._open() as connection:
            found = connection.execute("SELECT error FROM sheets WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def forget(self, session_id: str) -> None:
        """Drop what is known of an interview."""
        if self._path.exists():
            with self._open() as connection:
                connection.execute("DELETE FROM interviews WHERE session_id = ?", (session_id,))

    def note_call(self, kind: Kind, now: float, window: float, most: int) -> float:
        """Note a call if there were fewer than `most` in the last `window` seconds; else, how long to wait."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM calls WHERE at <= ? OR at > ?", (now - window, now + window))
            made = [at for (at,) in connection.execute("SELECT at FROM calls WHERE kind = ? ORDER BY at", (kind,))]
            if len(made) >= most:
                return float(max(0.01, made[len(made) - most] + window - now))
            connection.execute("INSERT INTO calls VALUES (?, ?)", (kind, now))
        return 0.0


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10)
    try:
        connection.executescript(SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection

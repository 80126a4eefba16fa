"""One JSON array file: appended to at constant cost, read by index, rewritten rarely, mended when it was damaged.

Who may write holds the lock file beside it (flock), threads and processes alike. In the lock file stands what the
last writer left (`FileState`): the stamps of the public file and its hidden copies. As long as the public file bears
that stamp, in this boot of the machine, nobody else touched it, and a process reads only what others appended since it
last looked. If not (somebody edited, cut or deleted the file, or a crash came between rename and note, or the power
went), it is read whole and checked, mended if need be (promise P5), and the hidden copies are thrown away, after what
only they still hold has been taken from them.

`turning_copies` argues why an append is durable and no reader ever sees a torn file.
"""

import contextlib
import functools
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Generic, Protocol, TypeVar

import orjson

from interviewer.errors import StorageUnavailable
from interviewer.storage.array_format import (
    CLOSE,
    OPEN,
    body_end,
    encode,
    parse_any_form,
    parse_line,
    read_lines,
    recover_records,
    separator,
)
from interviewer.storage.durable import locked, replace_file, sync_folder
from interviewer.storage.group_commit import GroupCommit
from interviewer.storage.record_checks import JsonRecord
from interviewer.storage.record_index import RecordIndex
from interviewer.storage.turning_copies import FileState, Stamp, TurningCopies

logger = logging.getLogger(__name__)


class Tally(Protocol):
    """Sums kept over the records."""

    def add(self, record: JsonRecord) -> None:
        """Take in the next record of the file."""


class NoTally:
    """For files over which nothing is summed."""

    def add(self, record: JsonRecord) -> None:
        """Take no notice."""


Prepare = Callable[[RecordIndex], JsonRecord]
"""Makes the record to save from what the file holds: it may depend on what is there, such as the next number."""


Sums = TypeVar("Sums", bound=Tally)


class JsonArrayFile(Generic[Sums]):
    """The file at `path`. Safe for many threads and processes.

    Every method raises StorageUnavailable when the disk refuses; what was acknowledged before is untouched then.
    """

    def __init__(self, path: Path, make_tally: Callable[[], Sums], *, numbered: bool = False) -> None:
        self.path = path
        self._numbered = numbered  # whether a session has many records, told apart by question_number
        self._lock_path = path.with_name(f".{path.name}.lock")
        self._copies = TurningCopies(path)
        self._make_tally = make_tally
        self._mutex = threading.RLock()
        self._commits = GroupCommit(self._commit)
        self._index, self._tally = RecordIndex(), make_tally()
        self._generation: int | None = None  # of the file that the index describes; None: it describes none
        self._seen: Stamp | None = None
        self._state: FileState | None = None  # as noted in the lock file, while this process holds the lock

    def ensure(self) -> None:
        """Make the file if it is not there, mend it if it is damaged, and read its index."""
        with self._writing():
            pass

    def save(self, prepare: Prepare) -> None:
        """Append the prepared record, or put it in the place of the one with its session and question number.

        One that is there already, timestamp aside, changes nothing. Durable when it returns. What `prepare` raises
        is passed on, with nothing written.
        """
        self._commits.submit(prepare)

    def remove(self, session_id: str) -> bool:
        """Remove a session's records, here, in the hidden copies and in what was set aside; whether there were any."""
        with self._writing() as lock:
            slots = set(self._index.slots(session_id))
            if slots:
                kept = (line for slot, line in enumerate(self._lines()) if slot not in slots)
                self._rewrite(lock, kept)
            self._forget_set_aside(session_id)
        return bool(slots)

    def get(self, session_id: str) -> JsonRecord | None:
        """The first record of a session, or None. Reads that record alone."""
        return next(iter(self.get_all(session_id)), None)

    def get_all(self, session_id: str) -> list[JsonRecord]:
        """All records of a session, in file order. Reads those alone."""
        with self._mutex, self._current() as file:
            return [self._read(file, slot) for slot in self._index.slots(session_id)]

    def numbers(self, session_id: str) -> list[int]:
        """The question numbers of a session's records, in file order. Reads no record."""
        with self._mutex:
            self._refresh_if_changed()
            return self._index.numbers(session_id)

    def records(self, start: int = 0, stop: int | None = None) -> Iterator[JsonRecord]:
        """The records as they are now, in file order, one at a time from the disk; `start` and `stop` as in a slice."""
        with contextlib.ExitStack() as opened:
            with self._mutex:
                file = opened.enter_context(self._current())
                slots = range(len(self._index))[start:stop]
                if not slots:
                    return
                position, end = self._index.place(slots[0])[0], sum(self._index.place(slots[-1]))
            file.seek(position)
            while position < end:
                line = file.readline()
                position += len(line)
                yield parse_line(line.removesuffix(b"\n").removesuffix(b","))

    def snapshot(self) -> tuple[int, BinaryIO]:
        """(how many records, the file opened for reading): it stays as it is until the caller closes it."""
        with self._mutex, self._current() as file:
            return len(self._index), os.fdopen(os.dup(file.fileno()), "rb")

    def __len__(self) -> int:
        with self._mutex, self._current():
            return len(self._index)

    def extent(self) -> tuple[int, int]:
        """(generation, how many records). While the generation is the same, records are only added, at the end."""
        with self._mutex, self._current():
            return self._generation or 0, len(self._index)

    @property
    def tally(self) -> Sums:
        """The sums over the records as they are now."""
        with self._mutex:
            self._refresh_if_changed()
            return self._tally

    def _commit(self, group: Sequence[Prepare]) -> Sequence[BaseException | None]:
        errors: list[BaseException | None] = []
        with self._writing() as lock:
            lines: list[bytes] = []
            for prepare in group:
                try:
                    record = prepare(self._index)
                except ValueError as error:
                    errors.append(error)
                    continue
                lines = self._place(lock, record, lines)
                errors.append(None)
            self._append(lock, lines)
        return errors

    def _place(self, lock: int, record: JsonRecord, lines: list[bytes]) -> list[bytes]:
        """Add the record to the lines to be appended, or replace the one with its key; the lines still to append."""
        slot = self._index.slot(record["session_id"], record.get("question_number") if self._numbered else None)
        if slot is None:
            line = encode(record)
            offset = self._next_offset()
            self._index.add(record, offset, len(line))
            self._tally.add(record)
            return [*lines, line]
        self._append(lock, lines)  # what has a slot may be among them
        with self.path.open("rb") as file:
            there = self._read(file, slot)
        if _without_timestamp(there) != _without_timestamp(record):
            replaced = (encode(record) if place == slot else line for place, line in enumerate(self._lines()))
            self._rewrite(lock, replaced)
        return []

    def _next_offset(self) -> int:
        end = sum(self._index.place(len(self._index) - 1)) if len(self._index) else len(OPEN)
        return end + len(separator(end))

    def _append(self, lock: int, lines: list[bytes]) -> None:
        if not lines:
            return
        if self._state is None:
            raise AssertionError("the state was read or made when the lock was taken")
        self._note(lock, self._copies.append(self._state, b",\n".join(lines)))

    def _rewrite(self, lock: int, lines: Iterable[bytes]) -> None:
        """Replace the whole file by these encoded records, and let go of every copy of the old one."""
        self._generation = None
        temporary = self._left_behind()
        with temporary.open("wb") as file:
            end = file.write(OPEN)
            for line in lines:
                end += file.write(separator(end) + line)
            file.write(CLOSE)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(self.path)
        self._copies.discard_all()  # and durably so: a copy that came back could pass for the longer truth
        sync_folder(self.path.parent)
        self._adopt(lock)

    def _adopt(self, lock: int) -> None:
        """Take the public file as it is now for the truth: read it whole, drop the copies, note its stamp."""
        stamp = self._scan()
        self._copies.discard_all()
        self._generation = time.time_ns()
        self._note(lock, FileState(self._generation, stamp, this_boot()))

    def _note(self, lock: int, state: FileState) -> None:
        _write_state(lock, state)
        self._state, self._seen = state, state.public

    @contextlib.contextmanager
    def _writing(self) -> Iterator[int]:
        """Hold the file against everybody, with the index up to date; yields the lock file's descriptor."""
        with self._mutex, locked(self._lock_path) as lock:
            try:
                self._refresh(lock)
                yield lock
            except OSError as error:
                self._generation = None
                raise StorageUnavailable(f"{self.path.name} could not be written: {error.strerror}.") from error
            except BaseException:
                self._generation = None  # the index may be ahead of the file
                raise

    def _refresh_if_changed(self) -> None:
        try:
            unchanged = self._generation is not None and self._stamp() == self._seen
        except OSError as error:
            raise StorageUnavailable(f"{self.path.name} could not be read: {error.strerror}.") from error
        if not unchanged:
            self.ensure()

    def _refresh(self, lock: int) -> None:
        state, stamp = _read_state(lock), self._stamp()
        self._state = state
        if state is None or stamp is None or state.public != stamp or state.boot != this_boot():
            self._check(lock, state)
        elif state.generation != self._generation:
            try:
                self._scan()
            except ValueError:
                self._check(lock, state)
                return
            self._generation, self._seen = state.generation, stamp
        elif stamp != self._seen:
            self._read_appended(stamp)

    def _scan(self) -> Stamp:
        """Read the whole file into a new index; its stamp. Raises ValueError when it is not in our form, whole."""
        index, tally = RecordIndex(), self._make_tally()
        with self.path.open("rb") as file:
            stamp = Stamp.of(os.fstat(file.fileno()))
            for offset, line in read_lines(file):
                record = parse_line(line)
                index.add(record, offset, len(line))
                tally.add(record)
        self._index, self._tally = index, tally
        return stamp

    def _read_appended(self, stamp: Stamp) -> None:
        """Take in what other processes appended."""
        offset = self._next_offset()
        with self.path.open("rb") as file:
            file.seek(offset)
            added = file.read(body_end(stamp.size) - offset)
        for line in added.split(b",\n"):
            record = parse_line(line)
            self._index.add(record, offset, len(line))
            self._tally.add(record)
            offset += len(line) + 2
        self._seen = stamp

    def _check(self, lock: int, left: FileState | None) -> None:
        """The file is not as the last writer `left` it: see what it is now, and mend it."""
        self._generation = None
        if not self.path.exists():
            self._restore(lock, first_time=left is None)
            return
        rebooted = left is None or left.boot != this_boot()
        try:
            if rebooted and self.path.is_file() and self._copies.take_longest():
                logger.warning("%s was behind a copy of it, as after a power cut: the copy took its place", self.path)
            self._adopt(lock)
        except ValueError:
            self._mend(lock)
        except (IsADirectoryError, PermissionError):
            self._set_aside(lock, [], 0)

    def _restore(self, lock: int, *, first_time: bool) -> None:
        """The file is not there: an empty one on the first start, else what the hidden copies hold."""
        records = self._hidden_records()
        if not first_time or records:
            logger.warning("%s was deleted; %d records recovered from its copies", self.path, len(records))
        self._rewrite(lock, map(encode, records))

    def _mend(self, lock: int) -> None:
        raw = self.path.read_bytes()
        records = parse_any_form(raw)
        if records is not None:
            logger.info("%s was saved in another form; brought back to one record a line", self.path)
            self._rewrite(lock, map(encode, records))
            return
        self._set_aside(lock, *recover_records(raw))

    def _set_aside(self, lock: int, recovered: list[JsonRecord], lost: int) -> None:
        """Keep the damaged file under a dated name, and go on with every record that it or a hidden copy has whole."""
        records = _each_once([*self._hidden_records(), *recovered])
        aside = self.path.with_name(f"{self.path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        if self.path.is_dir():
            self.path.rename(aside)
        else:
            os.link(self.path, aside)  # not a rename: the public name is never without a file
        logger.warning(
            "%s was damaged: set aside as %s, %d records recovered, %d places could not be read",
            self.path,
            aside.name,
            len(records),
            lost,
        )
        self._rewrite(lock, map(encode, records))

    def _hidden_records(self) -> list[JsonRecord]:
        """The records of the longest hidden copy that is whole."""
        found: list[list[JsonRecord]] = [[]]
        for path in self._copies.hidden():
            with contextlib.suppress(ValueError), path.open("rb") as file:
                found.append([parse_line(line) for _, line in read_lines(file)])
        return max(found, key=len)

    def _forget_set_aside(self, session_id: str) -> None:
        """Drop the lines that name this id from what was set aside, and what a killed writer left behind."""
        self._left_behind().unlink(missing_ok=True)
        needle = session_id.encode()
        for aside in self.path.parent.glob(f"{self.path.name}.damaged-*"):
            if aside.is_file() and needle in (raw := aside.read_bytes()):
                replace_file(aside, b"\n".join(line for line in raw.split(b"\n") if needle not in line))

    def _left_behind(self) -> Path:
        """The temporary file of a rewrite: one name, so that the next writer takes over what a killed one left."""
        return self.path.with_name(f".{self.path.name}.tmp")

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for _, line in read_lines(file):
                yield line

    @contextlib.contextmanager
    def _current(self) -> Iterator[BinaryIO]:
        """The public file opened for reading, with the index describing just this file. The caller has the mutex."""
        while True:
            self._refresh_if_changed()
            try:
                file = self.path.open("rb")
            except FileNotFoundError:
                continue  # deleted just now: the refresh restores it
            except OSError as error:
                raise StorageUnavailable(f"{self.path.name} could not be read: {error.strerror}.") from error
            with file:
                if Stamp.of(os.fstat(file.fileno())) == self._seen:
                    yield file
                    return

    def _read(self, file: BinaryIO, slot: int) -> JsonRecord:
        offset, length = self._index.place(slot)
        return parse_line(os.pread(file.fileno(), length, offset))

    def _stamp(self) -> Stamp | None:
        try:
            return Stamp.of(self.path.stat())
        except FileNotFoundError:
            return None


@functools.cache
def this_boot() -> str:
    """What tells this boot of the machine from others; empty where the system does not say, and nothing is inferred."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _without_timestamp(record: JsonRecord) -> JsonRecord:
    return {name: value for name, value in record.items() if name != "timestamp"}


def _each_once(records: Iterable[JsonRecord]) -> list[JsonRecord]:
    """The first record of each session and question number, in order."""
    return list({_key(record): record for record in reversed(list(records))}.values())[::-1]


def _key(record: JsonRecord) -> tuple[object, object]:
    return record.get("session_id"), record.get("question_number")


def _read_state(lock: int) -> FileState | None:
    """What the last writer noted; None at the first start, or when a power cut took the note."""
    try:
        raw = orjson.loads(os.pread(lock, 16_384, 0))
        copies = {name: Stamp(*stamp) for name, stamp in raw["copies"].items()}
        return FileState(raw["generation"], Stamp(*raw["public"]), raw["boot"], copies)
    except (ValueError, KeyError, TypeError):
        return None


def _plain(stamp: Stamp) -> tuple[int, int, int]:
    return stamp.inode, stamp.size, stamp.mtime_ns


def _write_state(lock: int, state: FileState) -> None:
    """Not synced: after a power cut the note is missing or old, and the file is read and checked once."""
    copies = {name: _plain(stamp) for name, stamp in state.copies.items()}
    fields = {"generation": state.generation, "public": _plain(state.public), "boot": state.boot, "copies": copies}
    note = orjson.dumps(fields)
    os.pwrite(lock, note, 0)
    os.ftruncate(lock, len(note))

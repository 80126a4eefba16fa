"""What the storage benchmark compares: ways to append an interview to a folder that holds so many already."""

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import orjson
from tinydb import TinyDB

from benchmarks.storage_records import JsonRecord, interview, session_id
from data_storage import DataStorage
from interviewer.storage.array_format import CLOSE, OPEN

FLOOR, OURS, SQLITE = "bare pwrite + fsync", "DataStorage", "SQLite WAL, FULL"
REWRITE, TINYDB = "read, append, rewrite", "TinyDB"
Append = Callable[[JsonRecord, bytes], object]
"""Appends one interview, given as the record and as the bytes it takes in a file."""


def fill(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file and wait for the disk, so that nothing of it is written while the appends are timed."""
    with path.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())


def array_parts(count: int) -> Iterator[bytes]:
    """A file in the storage's own form: a JSON array with one record a line."""
    yield OPEN
    for number in range(count):
        yield (b",\n" if number else b"\n") + orjson.dumps(interview(number))
    yield CLOSE


def tinydb_parts(count: int) -> Iterator[bytes]:
    """A file as TinyDB writes it: an object of tables, each an object of records by number."""
    yield b'{"_default": {'
    for number in range(count):
        yield b'%b"%d": %b' % (b", " if number else b"", number + 1, orjson.dumps(interview(number)))
    yield b"}}"


def bare_write(folder: Path, count: int, held: contextlib.ExitStack) -> Append:
    """The floor: what no durable append can be cheaper than."""
    fill(folder / "bare", array_parts(count))
    descriptor = os.open(folder / "bare", os.O_RDWR)
    held.callback(os.close, descriptor)
    end = os.fstat(descriptor).st_size

    def append(_: JsonRecord, line: bytes) -> None:
        nonlocal end
        end += os.pwrite(descriptor, line, end)
        os.fsync(descriptor)

    return append


def data_storage(folder: Path, count: int, _: contextlib.ExitStack) -> Append:
    """Our storage."""
    fill(folder / "interviews.json", array_parts(count))
    storage = DataStorage(folder)
    return lambda record, _: storage.save_interview_session(record)


def sqlite(folder: Path, count: int, held: contextlib.ExitStack) -> Append:
    """The JSON text in a table by session id, one transaction each."""
    database = sqlite3.connect(folder / "interviews.sqlite", isolation_level=None)
    held.callback(database.close)
    database.execute("PRAGMA journal_mode=OFF")
    database.execute("PRAGMA synchronous=OFF")
    database.execute("CREATE TABLE interviews (session_id TEXT PRIMARY KEY, record TEXT NOT NULL)")
    database.execute("BEGIN")
    rows = ((session_id(number), orjson.dumps(interview(number)).decode()) for number in range(count))
    database.executemany("INSERT INTO interviews VALUES (?, ?)", rows)
    database.execute("COMMIT")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")

    def append(record: JsonRecord, _: bytes) -> None:
        row = record["session_id"], orjson.dumps(record).decode()
        database.execute("INSERT INTO interviews VALUES (?, ?)", row)

    return append


def rewrite(folder: Path, count: int, _: contextlib.ExitStack) -> Append:
    """What most programs with a JSON file do, here with care: temporary file, fsync, rename."""
    path, temporary = folder / "rewritten.json", folder / "rewritten.tmp"
    fill(path, array_parts(count))

    def append(record: JsonRecord, _: bytes) -> None:
        with path.open(encoding="utf-8") as file:
            records = json.load(file)
        records.append(record)
        with temporary.open("w", encoding="utf-8") as file:
            file.write(json.dumps(records))  # json.dump to the file would be several times slower
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)

    return append


def tinydb(folder: Path, count: int, held: contextlib.ExitStack) -> Append:
    """TinyDB with its own JSONStorage, which writes the file anew in its place and syncs it."""
    fill(folder / "tiny.json", tinydb_parts(count))
    database = TinyDB(folder / "tiny.json")
    held.callback(database.close)
    return lambda record, _: database.insert(record)


QUICK = {FLOOR: bare_write, OURS: data_storage, SQLITE: sqlite}
SLOW = {REWRITE: rewrite, TINYDB: tinydb}

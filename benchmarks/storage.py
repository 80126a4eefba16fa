"""What the storage costs beside other ways to keep records: `python -m benchmarks.storage [--dir FOLDER]`.

One append (durable when it returns) at 0, 1,000, 10,000 and 100,000 finished interviews of about 5 KB, for our
storage, SQLite, TinyDB, reading and rewriting the whole file, and the floor: a bare pwrite + fsync of the same bytes.
Each round does one append of each kind at each size, in random order, so that a busy moment of the machine hits all of
them alike. The two whose cost grows with the file have rounds of their own, after the others: what they leave to the
disk would be charged to their neighbours. Then threads, reading and opening, and how it compares with the targets.

It needs 4 GB of disk for about three minutes. The folder must be on a disk: on a tmpfs fsync costs nothing.
"""

import argparse
import contextlib
import hashlib
import itertools
import json
import os
import platform
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from tinydb import TinyDB

from data_storage import DataStorage
from interviewer.interview import scores
from interviewer.interview.report import Report, ReportedAnswer
from interviewer.interviewers.builtin.bank import BankQuestion, QuestionBank
from interviewer.records import Evidence, Feedback, Rubric
from interviewer.storage.array_format import CLOSE, OPEN

ROOT = Path(__file__).resolve().parents[1]
SIZES = (0, 1_000, 10_000, 100_000)
LARGEST = SIZES[-1]
ROUNDS = 400
SLOW_ROUNDS = {0: 20, 1_000: 6, 10_000: 4, 100_000: 3}
THREADS = 16
THREAD_ROUNDS, THREAD_SECONDS = 7, 0.6
READS = 2_000
OPENINGS = 3
NEW = 10_000_000
"""The number of the first interview that is appended: those below are in the folder from the start."""

FLOOR, OURS, SQLITE = "bare pwrite + fsync", "DataStorage", "SQLite WAL, FULL"
REWRITE, TINYDB = "read, append, rewrite", "TinyDB"

OPEN_SCRIPT = """
import json, sys, time
from data_storage import DataStorage

def kilobytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name))

before = kilobytes("VmHWM")
begun = time.perf_counter()
storage = DataStorage(sys.argv[1])
seconds = time.perf_counter() - begun
count = storage.get_statistics()["total_interviews"]
print(json.dumps([seconds, kilobytes("VmHWM") / 1024, (kilobytes("VmHWM") - before) / 1024, count]))
"""

JsonRecord = dict[str, Any]
Append = Callable[[JsonRecord, bytes], object]
"""Appends one interview, given as the record and as the bytes it takes in a file."""


class Opening(NamedTuple):
    """Opening the folder in a fresh process."""

    seconds: float
    peak_mb: float
    added_mb: float
    interviews: int


# The interviews


@cache
def usual_interviews() -> tuple[JsonRecord, ...]:
    """A hundred finished interviews with the bank's questions and sample answers, as they stand in interviews.json."""
    questions = [q for q in QuestionBank().questions.values() if q.sample_answer and len(q.key_points) >= 3]
    dice = random.Random(1)
    return tuple(_report(dice.sample(questions, 3), dice).model_dump(mode="json") for _ in range(100))


def interview(number: int) -> JsonRecord:
    """The interview with this number: its id is its own, the rest one of the usual ones."""
    usual = usual_interviews()
    return usual[number % len(usual)] | {"session_id": session_id(number)}


def session_id(number: int) -> str:
    """The id of the interview with this number: in no order, as real ids are."""
    return str(uuid.UUID(bytes=hashlib.sha256(str(number).encode()).digest()[:16]))


def _report(questions: Sequence[BankQuestion], dice: random.Random) -> Report:
    answers = tuple(_answer(number, question, dice) for number, question in enumerate(questions, 1))
    individual = tuple(answer.score for answer in answers)
    overall = scores.weighted_score(individual, [answer.difficulty for answer in answers])
    begun = datetime(2026, 3, 2, 9, 30, tzinfo=UTC) + timedelta(minutes=dice.randrange(100_000))
    ended = begun + timedelta(seconds=sum(answer.time_taken for answer in answers))
    labels = [item.label for answer in answers for item in answer.evidence]
    return Report(
        session_id="",
        timestamp=ended,
        candidate_name=dice.choice(["Ana Souza", "Li Wei", "Fatima Haddad", "Jürgen Groß", "Priya Nair"]),
        candidate_experience=dice.randrange(15),
        job_description="Senior Python Developer. 5+ years of experience building REST APIs with Flask and PostgreSQL.",
        difficulty="intermediate",
        started_at=begun,
        ended_at=ended,
        duration=int((ended - begun).total_seconds()),
        total_questions=len(answers),
        completed_questions=len(answers),
        average_score=scores.mean_score(individual),
        overall_score=overall,
        individual_scores=individual,
        score_interval=scores.score_interval(individual),
        questions_and_answers=answers,
        summary=f"The candidate answered {len(answers)} questions and was strongest on {labels[0]}.",
        strengths=tuple(labels[:3]),
        weaknesses=tuple(labels[-3:]),
        recommendations=(f"Practise {labels[-1]}",),
        hire_recommendation=scores.hire_recommendation(overall),
        interview_type="job",
        topics=tuple(dict.fromkeys(answer.topic for answer in answers)),
        user_id=None,
        evaluator="builtin",
        completion_method="automatic",
        unanswered_question=None,
        unsent_draft=None,
        created_at=begun,
        updated_at=ended,
    )


def _answer(number: int, question: BankQuestion, dice: random.Random) -> ReportedAnswer:
    points = question.key_points[:2]
    sentences = question.sample_answer.split(". ")[:3]  # candidates write less than the sample answers, which cover all
    return ReportedAnswer(
        question_number=number,
        question=question.text,
        question_id=question.item_id,
        question_kind=question.kind,
        answer=". ".join(sentences),
        score=dice.randrange(101) / 10,
        feedback=Feedback(
            strengths=(f"You covered the {points[0].label}.",),
            improvements=(f"Say more about the {points[-1].label}.",),
        ),
        rubric=Rubric(communication=7.5, technical_accuracy=6.8, completeness=5.9),
        evidence=tuple(
            Evidence(key_point=p.text, label=p.label, weight=p.weight, covered=True, quote=sentences[0])
            if p is points[0]
            else Evidence(key_point=p.text, label=p.label, weight=p.weight, covered=False, quote=None)
            for p in points
        ),
        topic=question.topic,
        difficulty=question.difficulty,
        time_taken=dice.randrange(40, 300),
        hints_used=0,
        code_submission=None,
        code_language=None,
        revision_count=dice.randrange(30),
        evaluator="builtin",
        confidence="high",
        score_spread=None,
        prompt_version=None,
        flags=(),
    )


# Folders that hold so many interviews already


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


# The kinds of append


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


# Measuring


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(appends: dict[tuple[str, int], Append], numbers: Iterable[int]) -> dict[tuple[str, int], list[float]]:
    """The seconds of appending these interviews to each, one to each a round, in random order."""
    dice = random.Random(2)
    times: dict[tuple[str, int], list[float]] = {key: [] for key in appends}
    for number in numbers:
        record = interview(number)
        line = b",\n" + orjson.dumps(record)
        for key in dice.sample(list(appends), len(appends)):
            times[key].append(seconds(partial(appends[key], record, line)))
    return times


def measure_quick(folder: Path, held: contextlib.ExitStack) -> dict[tuple[str, int], list[float]]:
    """The kinds whose cost should not grow, all sizes in each round."""
    appends: dict[tuple[str, int], Append] = {}
    for name, size in itertools.product(QUICK, SIZES):
        say(f"filling {name} with {size:,}")
        appends[name, size] = QUICK[name](place(folder, name, size), size, held)
    os.sync()
    first = interview(NEW)
    line = b",\n" + orjson.dumps(first)
    print("\nThe first append to a file that has no hidden copy yet (after a fill, a delete, a power cut):")
    for key, append in appends.items():
        taken = seconds(partial(append, first, line))
        if key[0] == OURS:
            print(f"  at {key[1]:7,}: {taken * 1000:8.1f} ms")
    say("appending")
    in_turn(appends, range(NEW + 1, NEW + 20))  # warm
    os.sync()
    return in_turn(appends, range(NEW + 20, NEW + 20 + ROUNDS))


def measure_slow(folder: Path) -> dict[tuple[str, int], list[float]]:
    """The kinds that read and write the whole file each time."""
    times: dict[tuple[str, int], list[float]] = {}
    for size in SIZES:
        say(f"rewriting at {size:,}")
        with contextlib.ExitStack() as held:
            folders = {name: place(folder, name, size) for name in SLOW}
            appends = {(name, size): SLOW[name](folders[name], size, held) for name in SLOW}
            times |= in_turn(appends, range(NEW, NEW + SLOW_ROUNDS[size]))
        for scratch in folders.values():
            shutil.rmtree(scratch)
    return times


def measure_threads(folder: Path) -> dict[str, float]:
    """Records a second, median of several turns: a bare loop, our storage with one thread and with many."""
    say("appending from threads")
    with contextlib.ExitStack() as held:
        bare = bare_write(place(folder, "threads bare", 1_000), 1_000, held)
        ours = data_storage(place(folder, "threads ours", 1_000), 1_000, held)
        kinds = {FLOOR: (bare, 1), f"{OURS}, 1 thread": (ours, 1), f"{OURS}, {THREADS} threads": (ours, THREADS)}
        numbers = itertools.count(NEW)
        rates: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(THREAD_ROUNDS):
            for name, (append, threads) in kinds.items():
                rates[name].append(records_a_second(append, threads, numbers))
    return {name: statistics.median(values) for name, values in rates.items()}


def records_a_second(append: Append, threads: int, numbers: Iterator[int]) -> float:
    """How many records so many threads append a second, each waiting for its own."""
    counts: list[int] = []
    begun = time.perf_counter()

    def work() -> None:
        count = 0
        line = b",\n" + orjson.dumps(interview(0))
        while time.perf_counter() - begun < THREAD_SECONDS:
            append(interview(next(numbers)), line)
            count += 1
        counts.append(count)

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(counts) / (time.perf_counter() - begun)


def measure_reading(folder: Path) -> dict[str, list[float]]:
    """The seconds of each lookup by id and of the statistics."""
    storage = DataStorage(folder)
    dice = random.Random(3)
    wanted = [session_id(dice.randrange(LARGEST)) for _ in range(READS)]

    def look_up(wanted_id: str) -> None:
        found = storage.get_interview_by_id(wanted_id)
        if found is None or found["session_id"] != wanted_id:
            raise AssertionError(f"{wanted_id} was not found")

    return {
        "lookup by id": [seconds(partial(look_up, wanted_id)) for wanted_id in wanted],
        "statistics": [seconds(storage.get_statistics) for _ in range(READS)],
    }


def measure_opening(folder: Path) -> dict[str, list[Opening]]:
    """Opening the folder as a restart does, as after a power cut, and so that it must come from the disk."""
    say("opening")
    openings: dict[str, list[Opening]] = {}
    for name in ("normal restart", "without the note", "without the note, not in memory"):
        for _ in range(OPENINGS):
            if "without" in name:
                (folder / ".interviews.json.lock").unlink()
            if "memory" in name:
                forget(folder / "interviews.json")
            openings.setdefault(name, []).append(open_in_fresh_process(folder))
    return openings


def open_in_fresh_process(folder: Path) -> Opening:
    """Time and peak memory of a process that does only this."""
    command = [sys.executable, "-c", OPEN_SCRIPT, str(folder)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    opening = Opening(*json.loads(printed))
    if opening.interviews < LARGEST:
        raise AssertionError(f"only {opening.interviews} interviews were there")
    return opening


def forget(path: Path) -> None:
    """Make the kernel drop its copy of a file, so that the next reader waits for the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


# The report


def say(what: str) -> None:
    """Progress, apart from the report."""
    print(f"... {what}", file=sys.stderr, flush=True)


def place(folder: Path, name: str, size: int) -> Path:
    """A scratch folder for one kind at one size; made when it is not there."""
    path = folder / f"{name.split()[0]} {name.split()[-1]} {size}".replace(" ", "-")
    path.mkdir(exist_ok=True)
    return path


def high(values: Sequence[float]) -> float:
    """The 95th percentile; of fewer than 20 values the largest."""
    return statistics.quantiles(values, n=20)[-1] if len(values) >= 20 else max(values)


def mounted_on(folder: Path) -> tuple[str, str]:
    """(file system, device) under a folder; ("unknown", "") where there is no /proc."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown", ""
    mounts = [(mount, kind, device) for device, mount, kind, *_ in map(str.split, lines)]
    under = [found for found in mounts if folder.resolve().is_relative_to(found[0])]
    _, kind, device = max(reversed(under), key=lambda found: len(found[0]))
    return kind, device


def on_disk() -> Path:
    """The system's temporary folder, or the project's when that one is in memory."""
    temporary = Path(tempfile.gettempdir())
    return ROOT if mounted_on(temporary)[0] in {"tmpfs", "ramfs"} else temporary


def processor() -> str:
    """The processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def load() -> str:
    """The load averages of 1, 5 and 15 minutes."""
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def print_machine(folder: Path) -> None:
    """Where this was measured."""
    kind, device = mounted_on(folder)
    usual = statistics.mean(len(orjson.dumps(interview(number))) for number in range(100))
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.release()}, {processor()}")
    print(f"{os.cpu_count()} cores, load average at the start {load()}")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, TinyDB {version('tinydb')}")
    print(f"{folder.parent} is {kind} on {device}; one interview is {usual:,.0f} bytes on average")
    if kind in {"tmpfs", "ramfs"}:
        print("THIS IS MEMORY, NOT A DISK: fsync costs nothing here. Give a folder on a disk with --dir.")


def print_appends(times: dict[tuple[str, int], list[float]]) -> None:
    """The table of the appends."""
    print(f"\n{'One append':22} {'records':>7} {'rounds':>7} {'median ms':>11} {'95 % ms':>11} {'x the floor':>13}")
    for size in SIZES:
        floor = statistics.median(times[FLOOR, size])
        for name in (*QUICK, *SLOW):
            values = times[name, size]
            median = statistics.median(values)
            numbers = f"{median * 1000:11,.3f} {high(values) * 1000:11,.3f} {median / floor:13,.2f}"
            print(f"{name:22} {size:7,} {len(values):7} {numbers}")
    print("(with fewer than 20 rounds the 95 % column is the slowest)")


def print_others(rates: dict[str, float], reading: dict[str, list[float]], opened: dict[str, list[Opening]]) -> None:
    """The tables of threads, reading and opening."""
    print(f"\nAppending (median of {THREAD_ROUNDS} turns of {THREAD_SECONDS} s)")
    for name, rate in rates.items():
        print(f"{name:32} {rate:9,.0f} records/s {rate / rates[FLOOR]:7.2f} x the bare loop")
    print(f"\nReading at {LARGEST:,} ({READS:,} times)")
    for name, values in reading.items():
        print(f"{name:32} median {statistics.median(values) * 1000:.4f} ms, 95 % {high(values) * 1000:.4f} ms")
    print(f"\nOpening {LARGEST:,} in a fresh process (median and slowest of {OPENINGS})")
    for name, openings in opened.items():
        taken = [opening.seconds for opening in openings]
        memory = f"{max(o.peak_mb for o in openings):.0f} MB, {max(o.added_mb for o in openings):.0f} MB by opening"
        print(f"{name:32} {statistics.median(taken):.2f} s, {max(taken):.2f} s; peak memory {memory}")


def print_targets(
    times: dict[tuple[str, int], list[float]],
    rates: dict[str, float],
    reading: dict[str, list[float]],
    opened: dict[str, list[Opening]],
) -> None:
    """One line a target."""
    median = {key: statistics.median(values) for key, values in times.items()}
    growth = median[OURS, LARGEST] / median[OURS, 1_000]
    over_floor = max(median[OURS, size] / median[FLOOR, size] for size in SIZES)
    faster = median[REWRITE, LARGEST] / median[OURS, LARGEST]
    bare, one, many = rates.values()
    read = {name: statistics.median(values) * 1000 for name, values in reading.items()}
    warm = [opening for name, values in opened.items() if "memory" not in name for opening in values]
    slowest, peak = max(opening.seconds for opening in warm), max(opening.peak_mb for opening in warm)
    print("\nTargets")
    for target, measured, holds in (
        ("append at 100,000 <= 1.2 x at 1,000", f"{growth:.2f} x", growth <= 1.2),
        ("append <= 3 x the floor, every size", f"{over_floor:.2f} x", over_floor <= 3),
        ("at 100,000 >= 1,000 x faster than rewriting", f"{faster:,.0f} x", faster >= 1_000),
        ("16 threads >= 2 x one thread", f"{many / one:.2f} x", many >= 2 * one),
        ("16 threads more than the bare loop", f"{many / bare:.2f} x", many > bare),
        ("lookup by id < 1 ms", f"{read['lookup by id']:.4f} ms", read["lookup by id"] < 1),
        ("statistics < 1 ms", f"{read['statistics']:.4f} ms", read["statistics"] < 1),
        ("opening < 3 s (slowest, file in memory)", f"{slowest:.2f} s", slowest < 3),
        ("opening < 150 MB (whole process)", f"{peak:.0f} MB", peak < 150),
    ):
        print(f"{target:46} {measured:>12}   {'holds' if holds else 'MISSES'}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--dir", type=Path, default=on_disk(), help="where the scratch folders go; must be on a disk")
    options = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="storage-benchmark-", dir=options.dir) as name:
        folder = Path(name)
        print_machine(folder)
        with contextlib.ExitStack() as held:
            times = measure_quick(folder, held)
        for other in (FLOOR, SQLITE):
            shutil.rmtree(place(folder, other, LARGEST))
        rates = measure_threads(folder)
        ours = place(folder, OURS, LARGEST)
        reading = measure_reading(ours)
        opened = measure_opening(ours)
        times |= measure_slow(folder)
        print_appends(times)
        print_others(rates, reading, opened)
        print_targets(times, rates, reading, opened)
    print(f"\n{time.perf_counter() - begun:.0f} s, load average at the end {load()}")


if __name__ == "__main__":
    main()

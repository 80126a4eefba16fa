"""What the storage benchmark measures: appends in turn and from threads, reading, opening."""

import contextlib
import itertools
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import orjson

from benchmarks.storage_records import interview, session_id
from benchmarks.storage_subjects import FLOOR, OURS, QUICK, SLOW, Append, bare_write, data_storage
from data_storage import DataStorage

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


class Opening(NamedTuple):
    """Opening the folder in a fresh process."""

    seconds: float
    peak_mb: float
    added_mb: float
    interviews: int


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


def say(what: str) -> None:
    """Progress, apart from the report."""
    print(f"... {what}", file=sys.stderr, flush=True)


def place(folder: Path, name: str, size: int) -> Path:
    """A scratch folder for one kind at one size; made when it is not there."""
    path = folder / f"{name.split()[0]} {name.split()[-1]} {size}".replace(" ", "-")
    path.mkdir(exist_ok=True)
    return path

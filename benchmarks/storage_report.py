"""What the storage benchmark prints: the machine, the tables, and how they compare with the targets."""

import os
import platform
import sqlite3
import statistics
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import orjson

from benchmarks.storage_measuring import LARGEST, OPENINGS, READS, ROOT, SIZES, THREAD_ROUNDS, THREAD_SECONDS, Opening
from benchmarks.storage_records import interview
from benchmarks.storage_subjects import FLOOR, OURS, QUICK, REWRITE, SLOW


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

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
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.storage_measuring import (
    LARGEST,
    measure_opening,
    measure_quick,
    measure_reading,
    measure_slow,
    measure_threads,
    place,
)
from benchmarks.storage_report import load, on_disk, print_appends, print_machine, print_others, print_targets
from benchmarks.storage_subjects import FLOOR, OURS, SQLITE


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

"""How the rooms' own modules are run as processes: with our code, and none of the server's keys."""

import os
import sys
from pathlib import Path

import interviewer

ROOT = Path(interviewer.__file__).resolve().parents[1]


def command(module: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs a module of ours."""
    return (sys.executable, "-B", "-m", module, *arguments)


def environment() -> dict[str, str]:
    """What such a process gets to see: where Python finds its modules, and that no hub is to be asked for anything."""
    return {
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 2) // 2)),
    }

"""How the rooms' own modules are run as processes: with our code, and none of the server's keys."""

import os
import subprocess
import sys
from pathlib import Path

import interviewer

ROOT = Path(interviewer.__file__).resolve().parents[1]


class ChildFailed(Exception):
    """The process gave no result. The text says how it ended, and nothing of what it was given."""


class NoChild(Exception):
    """No process could be started, as when memory or processes have run out. `__cause__` is the system's error."""


def run_module(module: str, *arguments: str, data: bytes, wall_seconds: float) -> bytes:
    """What a module of ours writes to its standard output when it is run with `data` as its standard input.

    Its error output may hold a candidate's words, and is dropped. Raises ChildFailed when it ends in an error or does
    not end within `wall_seconds`, NoChild when it cannot be started.
    """
    try:
        done = subprocess.run(  # noqa: S603  # our own module; what is hostile goes in as bytes
            command(module, *arguments),
            input=data,
            capture_output=True,
            timeout=wall_seconds,
            cwd=ROOT,
            env=environment(),
            start_new_session=True,  # Ctrl-C stops the server, which finishes what it has in hand
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed(f"no end within {wall_seconds} s") from None
    except subprocess.CalledProcessError as error:
        raise ChildFailed(f"exit status {error.returncode}") from None
    except OSError as error:
        raise NoChild(str(error)) from error
    return done.stdout


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

"""Programs that tests run and pip cannot bring: found, or installed as root on Debian."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.storage.durable import file_lock

INSTALLING = Path(tempfile.gettempdir()) / f"interviewer-apt-{os.geteuid()}.lock"


def program(find: Callable[[], str | None], package: str | None, advice: str) -> str:
    """The path of a program; from `package` where it is missing, unless that is None.

    Without one a test fails in CI, and is skipped elsewhere, with the advice.
    """
    path = find()
    if path is None and package and shutil.which("apt-get") and os.geteuid() == 0:
        with file_lock(INSTALLING):  # parallel workers must not both call apt
            path = find() or _installed(find, package)
    if path is not None:
        return path
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(advice, pytrace=False)
    pytest.skip(advice)


def _installed(find: Callable[[], str | None], package: str) -> str | None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", package]):
        subprocess.run(["apt-get", "-qq", *command], env=environment, check=False, capture_output=True, timeout=600)
    return find()

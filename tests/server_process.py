"""A server in a process of its own."""

import itertools
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

import requests

from interviewer.children.running import ROOT
from tests.waiting import until
from tests.warmed import context, main

_numbers = itertools.count(1)


def serve_forever(environment: dict[str, str], output: str, errors: str) -> None:
    """What `python app.py` does, in this process, with this environment and its output in these files."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for path, stream in ((output, 1), (errors, 2)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, stream)
        os.close(file)
    sys.exit(main())


class ServerProcess:
    """A server on a free port (0), forked from a process that has loaded what it needs: `tests/warmed.py`."""

    def __init__(self, data_dir: Path, port: int = 0, **environment: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.upper().endswith(("_KEY", "_TOKEN"))}
        self.data_dir = data_dir
        beside = f"{data_dir.name}-server-{next(_numbers)}"
        self._output, self._errors = (data_dir.with_name(f"{beside}.{kind}") for kind in ("out", "err"))
        self._process = context.Process(
            target=serve_forever,
            args=(
                clean | {"DATA_DIR": str(data_dir), "PORT": str(port), "HOST": "127.0.0.1"} | environment,
                str(self._output),
                str(self._errors),
            ),
            daemon=True,
        )
        self._process.start()
        self.start_line = self._first_line()
        found = re.search(r"http://\S+:(\d+)", self.start_line)
        assert found, self.start_line + self.said()
        self.url, self.port = found.group(), int(found.group(1))

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """None while it runs; the negative number of a signal that ended it."""
        return self._process.exitcode

    def post(self, path: str, **body: Any) -> requests.Response:
        """POST a JSON body."""
        return requests.post(self.url + path, json=body, timeout=60)

    def get(self, path: str, **query: Any) -> requests.Response:
        """GET with a query."""
        return requests.get(self.url + path, params=query, timeout=60)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def wait(self, seconds: float = 60) -> int:
        """Wait until it has ended; its exit status."""
        self._process.join(seconds)
        status = self._process.exitcode
        assert status is not None, "the server has not ended"
        return status

    def kill(self) -> None:
        """SIGKILL, as a crash."""
        self._process.kill()
        self.wait()

    def stop(self) -> int:
        """SIGTERM, if it still runs; the exit status."""
        if self._process.is_alive():
            self._process.terminate()
        return self.wait()

    def said(self) -> str:
        """What it has written: to its output, then to its errors."""
        return self._text(self._output) + self._text(self._errors)

    @staticmethod
    def _text(path: Path) -> str:
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _first_line(self) -> str:
        """The first line of its output, or what there is of it when it ends without one."""
        until(lambda: "\n" in self._text(self._output) or not self._process.is_alive())
        return self._text(self._output).partition("\n")[0] + "\n"

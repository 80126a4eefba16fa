"""Time that goes on only when it is told to, for applications in the test's own process."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app
from interviewer.background import BackgroundTask
from interviewer.clock import TimeSource
from interviewer.settings import Settings
from tests.conftest import settings_for

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class ToldTime:
    """A wall clock and a count of seconds. Pass `source` to create_app."""

    def __init__(self) -> None:
        self.wall = BEGAN
        self.seconds = 1_000.0
        self.source = TimeSource(wall=lambda: self.wall, seconds=lambda: self.seconds)

    def go_on(self, seconds: float) -> None:
        """So much time passes, on both."""
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds

    def set_wall(self, change: timedelta) -> None:
        """Somebody sets the wall clock, forward or back; no time passes."""
        self.wall += change

    def reboot(self) -> None:
        """The machine starts anew: its count begins again."""
        self.seconds = 3.0

    def app(self, data_dir: Path, **changes: Any) -> Flask:
        """An application by this time: a server that has just started on the folder."""
        return self.app_with(settings_for(data_dir, **changes))

    def app_with(self, settings: Settings) -> Flask:
        """The same with these settings."""
        return create_app(settings, self.source)


def sweep(app: Flask) -> None:
    """One turn of what the server does every minute: closing idle interviews. Once for each application."""
    tasks: list[BackgroundTask] = app.extensions["background"]
    tasks[0].start()
    tasks[0].end_soon()  # after the turn that it begins with
    tasks[0].join(60)

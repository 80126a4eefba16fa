"""The front door: `python app.py` serves, `create_app` makes the application for another WSGI server."""

import gc
import logging
import os
import sys
from datetime import timedelta

from flask import Flask

from interviewer import commands
from interviewer.api.application import build_application
from interviewer.background import EXPORT_SECONDS, PENDING_SECONDS, SWEEP_SECONDS, BackgroundTask
from interviewer.clock import SYSTEM_TIME, TimeSource, steady_clock
from interviewer.errors import InterviewerError
from interviewer.interviewers.choosing import choose_interviewer, describe_interviewer
from interviewer.server import Server
from interviewer.service.data import DataService
from interviewer.service.exports import SheetExports
from interviewer.service.interviews import InterviewService
from interviewer.service.latest_time import latest_stored_time
from interviewer.service.pending import PendingEvaluations
from interviewer.settings import Settings, check_access, load_settings
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews

FINISHING_SECONDS = 15  # beside the time of one LLM reply, what a request in hand may still take on a stop


def create_app(settings: Settings | None = None, time_source: TimeSource = SYSTEM_TIME) -> Flask:
    """The application over the data folder of `settings` (default: the environment). Starts no background work.

    Takes up interrupted interviews. Raises ConfigurationError, BankError or StorageUnavailable with what to do.
    Where `flask --app app` only looks for one of our commands it gets those alone, and no file is opened.
    """
    if settings is None and commands.are_looked_up():
        return commands.application()
    settings = settings or load_settings()
    check_access(settings)
    storage, live = DataStorage(settings.data_dir), LiveInterviews(settings.data_dir)
    who, clock = choose_interviewer(settings), steady_clock(time_source, latest_stored_time(storage, live))
    interviews = InterviewService(
        storage, live, who, clock, session_timeout=timedelta(seconds=settings.session_timeout)
    )
    interviews.recover()
    exports = SheetExports(storage, live, settings.google_sheets_credentials, settings.google_sheets_name)
    app = build_application(settings, who, interviews, DataService(storage, live, exports), clock)
    pending = PendingEvaluations(live, who, interviews.steps, clock)
    app.extensions["background"] = [
        BackgroundTask("sweeper", settings.data_dir, lambda _: interviews.close_idle(), SWEEP_SECONDS),
        BackgroundTask("pending", settings.data_dir, pending.work, PENDING_SECONDS),
        BackgroundTask("exports", settings.data_dir, exports.work, EXPORT_SECONDS, may_be_cut=True),
    ]
    app.extensions["interviewer"] = who
    commands.register(app, settings.data_dir)
    return app


def main() -> int:
    """Serve until stopped; returns the exit status of a start that failed."""
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,  # importing wordllama sets up logging of its own
    )
    try:
        settings = load_settings()
        app = create_app(settings)
        server = Server(app, settings.host, settings.port)
    except InterviewerError as error:
        print(f"Cannot start: {error}", file=sys.stderr)
        return 1
    gc.collect()
    gc.freeze()  # bank and embeddings live as long as the process: looking through them again and again costs 5 %
    tasks: list[BackgroundTask] = app.extensions["background"]
    for task in tasks:
        task.start()
    who = describe_interviewer(settings, app.extensions["interviewer"])
    print(f"Interviews at {server.url} by {who}, data in {settings.data_dir.resolve()}", flush=True)
    left = server.run(drain_seconds=settings.llm_timeout + FINISHING_SECONDS, on_stop=[task.end_soon for task in tasks])
    for task in tasks:
        task.join(left)
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)  # threads that still wait for a model would hold the process; the next start takes up what they did


if __name__ == "__main__":
    sys.exit(main())

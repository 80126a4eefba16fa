"""Group commit: threads that write at the same moment share one trip to the disk."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Work = TypeVar("Work")


class _Request(Generic[Work]):
    def __init__(self, work: Work) -> None:
        self.work = work
        self.done = False
        self.error: BaseException | None = None


class GroupCommit(Generic[Work]):
    """Hands work to `commit` in groups: whoever comes first commits for all who came meanwhile.

    `commit` gets the works in the order of their arrival and returns an error for each, or None; what it raises is
    the error of all of them. Nothing is waited for: one thread alone pays nothing.
    """

    def __init__(self, commit: Callable[[Sequence[Work]], Sequence[BaseException | None]]) -> None:
        self._commit = commit
        self._leading = threading.Lock()
        self._arriving = threading.Lock()
        self._waiting: list[_Request[Work]] = []

    def submit(self, work: Work) -> None:
        """Return when the work is committed. Raises its error."""
        request = _Request(work)
        with self._arriving:
            self._waiting.append(request)
        with self._leading:
            if not request.done:
                self._lead()
        if request.error is not None:
            raise request.error

    def _lead(self) -> None:
        with self._arriving:
            group, self._waiting = self._waiting, []
        try:
            errors = self._commit([request.work for request in group])
        except BaseException as error:
            errors = [error] * len(group)
            if not isinstance(error, Exception):  # an interrupt is this thread's own, the others only lost their turn
                self._finish(group, errors)
                raise
        self._finish(group, errors)

    @staticmethod
    def _finish(group: list[_Request[Work]], errors: Sequence[BaseException | None]) -> None:
        for request, error in zip(group, errors, strict=True):
            request.error, request.done = error, True

"""Group commit: threads that write at the same moment share one trip to the disk."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Work = TypeVar("Work")


class _Request(Generic[Work]):
    """One thread's work, and what it waits for: to be told that it is done, or to lead the next group."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.done = False
        self.error: BaseException | None = None
        self._call = threading.Lock()
        self._call.acquire()

    def wait(self) -> None:
        self._call.acquire()

    def wake(self) -> None:
        self._call.release()


class GroupCommit(Generic[Work]):
    """Hands work to `commit` in groups: whoever comes first commits for all who came meanwhile.

    `commit` gets the works in the order of their arrival and returns an error for each, or None; what it raises is
    the error of all of them. One thread alone waits for nothing. When a group is done its leader wakes its members and
    names the first of those who came meanwhile the next leader: nobody sleeps through a commit that is not theirs.
    """

    def __init__(self, commit: Callable[[Sequence[Work]], Sequence[BaseException | None]]) -> None:
        self._commit = commit
        self._arriving = threading.Lock()
        self._waiting: list[_Request[Work]] = []
        self._led = False

    def submit(self, work: Work) -> None:
        """Return when the work is committed. Raises its error."""
        request = _Request(work)
        with self._arriving:
            self._waiting.append(request)
            leads = not self._led
            self._led = True
        if not leads:
            request.wait()
        if not request.done:
            self._lead(request)
        if request.error is not None:
            raise request.error

    def _lead(self, leader: _Request[Work]) -> None:
        with self._arriving:
            group, self._waiting = self._waiting, []
        errors: Sequence[BaseException | None]
        try:
            errors = self._commit([request.work for request in group])
        except BaseException as failure:  # noqa: BLE001  # an interrupt too: each thread raises it, none waits for ever
            errors = [failure] * len(group)
        with self._arriving:
            following = self._waiting[:1]
            self._led = bool(following)
        for request, error in zip(group, errors, strict=True):
            request.error, request.done = error, True
            if request is not leader:
                request.wake()
        for request in following:
            request.wake()

"""Cutting a recording where its speaker pauses, into stretches that a model takes in at once.

Whisper hears 30 seconds at a time. Left to find its own way through a longer recording it goes on from where it
believes that it has stopped, and at times leaves out most of what was said; so we cut, and look at each stretch.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.speech.limits import RATE

LONGEST_SECONDS = 30.0
PAUSE_SECONDS = 2.0  # a pause that is longer is left out: models hear words in it


@dataclass(frozen=True)
class Stretch:
    """Some speech of one recording, cut at its pauses. `parts` are (first sample, sample after the last), in order."""

    parts: tuple[tuple[int, int], ...]

    @property
    def start(self) -> float:
        """Seconds from the beginning of the recording."""
        return self.parts[0][0] / RATE

    @property
    def end(self) -> float:
        """Seconds from the beginning of the recording."""
        return self.parts[-1][1] / RATE

    @property
    def spoken_seconds(self) -> float:
        """How long somebody speaks in it."""
        return sum(end - start for start, end in self.parts) / RATE

    def halves(self) -> "tuple[Stretch, Stretch] | None":
        """Two stretches of about half the speech each; None for one without a pause inside."""
        if len(self.parts) < 2:
            return None
        middle = (self.parts[0][0] + self.parts[-1][1]) / 2
        cut = min(range(1, len(self.parts)), key=lambda each: abs(self.parts[each][0] - middle))
        return Stretch(self.parts[:cut]), Stretch(self.parts[cut:])


def stretches(parts: Iterable[tuple[int, int]]) -> list[Stretch]:
    """The parts in which somebody speaks, joined over short pauses to stretches of at most LONGEST_SECONDS.

    A part that is longer by itself is a stretch of its own.
    """
    joined: list[list[tuple[int, int]]] = []
    for start, end in parts:
        near = joined and start - joined[-1][-1][1] <= PAUSE_SECONDS * RATE
        if near and end - joined[-1][0][0] <= LONGEST_SECONDS * RATE:
            joined[-1].append((start, end))
        else:
            joined.append([(start, end)])
    return [Stretch(tuple(each)) for each in joined]

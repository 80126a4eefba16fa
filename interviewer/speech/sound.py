"""A recording that was opened and found whole: its samples, and how it came."""

import json
import logging
from dataclasses import dataclass

from interviewer.children.running import ChildFailed, NoChild, run_module
from interviewer.errors import ReaderBusy
from interviewer.speech import refusals
from interviewer.speech.kinds import SoundKind, kind_of
from interviewer.speech.limits import (
    DECODER_WALL_SECONDS,
    MAX_SECONDS,
    MAX_SHORTFALL,
    OVERRUN_SECONDS,
    RATE,
    SHORTFALL_SECONDS,
)
from interviewer.speech.loudness import MUTED_BELOW, from_bytes, loudness

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sound:
    """`data` is the file as it came, `samples` 16-bit whole numbers at 16 kHz, `seconds` their length.

    `loudness` is that of the loudest moment, 0-1.
    """

    data: bytes
    kind: SoundKind
    samples: bytes
    seconds: float
    loudness: float


def open_sound(data: bytes, recorded_seconds: float) -> Sound:
    """Open an uploaded recording that lasted `recorded_seconds` by its recorder's clock.

    Raises InvalidField (field `file`) when it cannot be taken: empty, no sound, another format, broken, too long, cut
    short, or silent. Raises ReaderBusy when there is no process to read it in.
    """
    kind = kind_of(data)
    if recorded_seconds > MAX_SECONDS + OVERRUN_SECONDS:
        raise refusals.refused(refusals.TOO_LONG)
    samples = _decoded(data, kind)
    seconds = len(samples) / 2 / RATE
    if seconds < recorded_seconds * (1 - MAX_SHORTFALL) and recorded_seconds - seconds > SHORTFALL_SECONDS:
        raise refusals.refused(refusals.cut_short(recorded_seconds, seconds))
    level = loudness(from_bytes(samples))
    if level < MUTED_BELOW:
        raise refusals.refused(refusals.SILENCE)
    return Sound(data, kind, samples, seconds, level)


def _decoded(data: bytes, kind: SoundKind) -> bytes:
    try:
        output = run_module("interviewer.speech.decoder", kind.demuxer, data=data, wall_seconds=DECODER_WALL_SECONDS)
        line, _, samples = output.partition(b"\n")
        head = json.loads(line)
    except (ChildFailed, ValueError) as error:
        logger.warning("a recording of %d bytes was not read: %s", len(data), error)
        raise refusals.refused(refusals.TOO_MUCH) from None
    except NoChild as error:
        logger.error("no process to read a recording in: %s", error)
        raise ReaderBusy("The server cannot read recordings just now. Try again, or type your answer.") from error
    if "refused" in head:
        raise refusals.refused(head["refused"])
    return samples

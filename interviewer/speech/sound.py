"""A recording that was opened and found whole: its samples, and how it came."""

import json
import logging
import subprocess
from dataclasses import dataclass

from interviewer.errors import ReaderBusy
from interviewer.speech import child, refusals
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
        done = subprocess.run(  # noqa: S603  # our own module; the file goes in as bytes
            child.command("interviewer.speech.decoder", kind.demuxer),
            input=data,
            capture_output=True,
            timeout=DECODER_WALL_SECONDS,
            cwd=child.ROOT,
            env=child.environment(),
            start_new_session=True,  # Ctrl-C stops the server, which finishes what it has in hand
            check=True,
        )
        line, _, samples = done.stdout.partition(b"\n")
        head = json.loads(line)
    except subprocess.TimeoutExpired:
        logger.warning("a recording of %d bytes was not read within %s s", len(data), DECODER_WALL_SECONDS)
        raise refusals.refused(refusals.TOO_MUCH) from None
    except (subprocess.CalledProcessError, ValueError) as error:
        status = getattr(error, "returncode", 0)
        logger.warning("the decoder of a recording of %d bytes ended with %s", len(data), status)
        raise refusals.refused(refusals.TOO_MUCH) from None
    except OSError as error:
        logger.error("no process to read a recording in: %s", error)
        raise ReaderBusy("The server cannot read recordings just now. Try again, or type your answer.") from error
    if "refused" in head:
        raise refusals.refused(head["refused"])
    return samples

"""How loud a recording is. Levels are root mean squares of full scale, 0-1."""

import numpy as np
import numpy.typing as npt

from interviewer.speech.limits import RATE

Samples = npt.NDArray[np.float32]

MUTED_BELOW = 0.00006  # two steps of 16 bits: nothing can be heard in that, however much it is amplified
QUIET_BELOW = 0.002  # -54 dB: nearly silent; whoever speaks into that is far from the microphone, or into another one
SPOKEN_AT = 0.1  # what speech into a near microphone comes to
MOST_GAIN = 300.0

PIECE = RATE // 10


def from_bytes(samples: bytes) -> Samples:
    """16-bit samples as numbers from -1 to 1."""
    return np.frombuffer(samples, dtype=np.int16).astype(np.float32) / np.float32(32768)


def loudness(samples: Samples) -> float:
    """The loudest tenth of a second, its mean, which a microphone may shift, aside."""
    if len(samples) < PIECE:
        return 0.0
    pieces = samples[: len(samples) // PIECE * PIECE].reshape(-1, PIECE)
    return float(pieces.std(axis=1).max())


def amplified(samples: Samples) -> Samples:
    """The samples, as loud as speech into a near microphone where they are quieter: models mishear quiet speech."""
    level = loudness(samples)
    if not 0 < level < SPOKEN_AT:
        return samples
    louder: Samples = np.clip(samples * np.float32(min(SPOKEN_AT / level, MOST_GAIN)), -1, 1)
    return louder

"""The process that opens a recording: `python -m interviewer.speech.decoder DEMUXER`, bytes in, samples out.

A file made to harm FFmpeg can crash, starve or hang this process, and nothing else. Its output is one line of JSON,
{"seconds"} or {"refused": message}, and after the former the samples: 16-bit whole numbers, one channel, 16 kHz.
"""

import io
import json
import sys

import av
import numpy as np

from interviewer.children.limiting import limit_this_process
from interviewer.errors import InvalidField
from interviewer.speech import refusals
from interviewer.speech.limits import (
    DECODER_CPU_SECONDS,
    DECODER_MEMORY_BYTES,
    MAX_SECONDS,
    OVERRUN_SECONDS,
    RATE,
)

MOST_SAMPLES = int((MAX_SECONDS + OVERRUN_SECONDS) * RATE)


def decode(data: bytes, demuxer: str) -> bytes:
    """The samples of the first sound track. Raises InvalidField: no sound in it, broken, over-long.

    What can still be read of a damaged file is read: how much of it is missing, the caller sees by the length.
    """
    samples = bytearray()
    try:
        with av.open(io.BytesIO(data), mode="r", format=demuxer, metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise refusals.refused(refusals.NOT_AUDIO)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            try:
                for frame in container.decode(audio=0):
                    for resampled in resampler.resample(frame):
                        samples += _bytes_of(resampled)
                    if len(samples) > 2 * MOST_SAMPLES:
                        raise refusals.refused(refusals.TOO_LONG)
            except av.FFmpegError:
                if not samples:
                    raise
            for resampled in resampler.resample(None):
                samples += _bytes_of(resampled)
    except (av.FFmpegError, ValueError, EOFError):
        raise refusals.refused(refusals.BROKEN) from None
    return bytes(samples)


def _bytes_of(frame: av.AudioFrame) -> bytes:
    return np.ascontiguousarray(frame.to_ndarray()).tobytes()


def main() -> int:
    """Read standard input, write the reply; the exit status. Python's own errors end it with 1."""
    limit_this_process(DECODER_MEMORY_BYTES, DECODER_CPU_SECONDS)
    samples = b""
    try:
        samples = decode(sys.stdin.buffer.read(), sys.argv[1])
        head: dict[str, object] = {"seconds": len(samples) / 2 / RATE}
    except InvalidField as error:
        head = {"refused": error.message}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + samples)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What a recording is, told by its first bytes. Only then is FFmpeg let at it, and only with that one format.

Left to guess, FFmpeg would also take play lists, which name further files and addresses to be opened.
"""

from typing import NamedTuple

from interviewer.speech import refusals


class SoundKind(NamedTuple):
    """`type` is the media type, `suffix` that of a file's name, `demuxer` what FFmpeg calls it."""

    type: str
    suffix: str
    demuxer: str


WEBM = SoundKind("audio/webm", ".webm", "matroska")
OGG = SoundKind("audio/ogg", ".ogg", "ogg")
MP4 = SoundKind("audio/mp4", ".m4a", "mov")
WAV = SoundKind("audio/wav", ".wav", "wav")

KINDS = (WEBM, OGG, MP4, WAV)

OTHERS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"\xff\xf9", b"fLaC", b"FORM", b"caff", b"#!AMR")


def kind_of(data: bytes) -> SoundKind:
    """What `data` is. Raises InvalidField: empty, no sound, or a format that is not taken."""
    if not data:
        raise refusals.refused(refusals.EMPTY)
    if data.startswith(b"\x1aE\xdf\xa3"):
        return WEBM
    if data.startswith(b"OggS"):
        return OGG
    if data[4:8] == b"ftyp":
        return MP4
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return WAV
    raise refusals.refused(refusals.OTHER_FORMAT if data.startswith(OTHERS) else refusals.NOT_AUDIO)


def type_of_suffix(suffix: str) -> str:
    """The media type of a file that was kept under this suffix; application/octet-stream for any other."""
    return next((kind.type for kind in KINDS if kind.suffix == suffix), "application/octet-stream")

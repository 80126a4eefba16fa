"""What is kept of an answer that was spoken, beside its text. It is about the delivery, and never part of a score."""

from typing import Literal

from pydantic import Field

from interviewer.clock import Moment
from interviewer.records import Record


class FillerWords(Record):
    """The hesitations that were heard, in their order; `count` is how many."""

    count: int = Field(ge=0)
    list: tuple[str, ...]


class RecordingConsent(Record):
    """That a candidate agreed to have recordings kept: to which version of the text, and when."""

    version: str
    at: Moment


class KeptSound(Record):
    """A recording on disk. `file` is its place below DATA_DIR, `size` its bytes, `sha256` their checksum in hex."""

    file: str
    size: int
    sha256: str


class Delivery(Record):
    """How something was said: `duration` and `longest_pause` in seconds; None where the model gave no times.

    `type` is the recording's media type, `model` who transcribed it, `transcript` what that wrote, unchanged.
    """

    recording_id: str
    kind: Literal["audio", "video"] = "audio"
    type: str
    duration: float = Field(ge=0)
    language: str
    words_per_minute: float | None
    filler_words: FillerWords
    longest_pause: float | None
    model: str
    transcript: str


class EarlierRecording(Record):
    """One of several recordings that make up an answer, but for the last; `duration` in seconds."""

    recording_id: str
    type: str
    duration: float = Field(ge=0)
    sound: KeptSound | None


class SpokenAnswer(Delivery):
    """The `audio` of an answer: of one recording, or of the last of several with the `earlier` ones, in their order.

    What is counted and measured is of all of them together; `recording_id`, `type` and `sound` are the last one's.
    `edited` is the share of words (0-1) that were changed by hand before it was sent.
    """

    edited: float = Field(ge=0, le=1)
    consent: RecordingConsent | None
    sound: KeptSound | None
    earlier: tuple[EarlierRecording, ...] = ()

    @property
    def sounds(self) -> tuple[KeptSound, ...]:
        """What is kept on disk of the answer."""
        of_all = [*(each.sound for each in self.earlier), self.sound]
        return tuple(sound for sound in of_all if sound is not None)

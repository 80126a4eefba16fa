"""Why a recording cannot be taken, and what to do about it: each message is shown to whoever recorded it."""

from interviewer.errors import InvalidField
from interviewer.speech.limits import MAX_SECONDS

AGAIN = "Record again, or type your answer."

EMPTY = f"The recording is empty: no sound arrived. {AGAIN}"
NOT_AUDIO = f"The file is no recording: there is no sound in it, whatever its name says. {AGAIN}"
OTHER_FORMAT = f"The file is in a format that is not taken. WebM, Ogg, MP4 and WAV are. {AGAIN}"
BROKEN = f"The recording is broken and cannot be opened. {AGAIN}"
TOO_LONG = (
    f"The recording is too long: {MAX_SECONDS / 60:.0f} minutes are the most. Record a shorter answer, or type it."
)
TOO_MUCH = f"The recording takes too much time or memory to read. {AGAIN}"
SILENCE = f"The recording is silent. Check that the microphone is on and is the one you speak into. {AGAIN}"
NOISE = (
    f"There is noise in the recording, but no speech. Come closer to the microphone, or find a quieter place. {AGAIN}"
)


def refused(message: str) -> InvalidField:
    """The error that says why this recording cannot be taken."""
    return InvalidField("file", message)


def cut_short(recorded: float, arrived: float) -> str:
    """The message for a file that holds less than was recorded; both in seconds."""
    return (
        f"The recording was cut short: {recorded:.0f} s were recorded, {arrived:.0f} s are in the file. "
        f"Send it again. If that does not help, record again, or type your answer."
    )

"""What of a recording goes into the answer it became."""

from interviewer.errors import InvalidField
from interviewer.interview.state import Interview
from interviewer.service.received import SpokenPart
from interviewer.speech.transcript import share_changed
from interviewer.spoken import SpokenAnswer
from interviewer.storage.recordings import Recordings


def spoken_answer(recordings: Recordings, interview: Interview, text: str, part: SpokenPart) -> SpokenAnswer:
    """The answer's `audio`. Raises InvalidField for a recording or a consent that is not this question's.

    Without consent no sound is kept, also where one was given before.
    """
    current = interview.current
    recording = recordings.find(interview.session_id, part.recording_id)
    if recording is None or current is None or recording.question_number != current.number:
        raise InvalidField("audio.recording_id", "There is no such recording for this question.")
    if part.consent is not None and part.consent != interview.recording_consent:
        raise InvalidField("audio.consent", "This is not the consent that was given: see POST /api/recording-consent.")
    return SpokenAnswer(
        **recording.delivery.model_dump(),
        edited=share_changed(recording.delivery.transcript, text),
        consent=part.consent,
        sound=recording.sound if part.consent is not None else None,
    )

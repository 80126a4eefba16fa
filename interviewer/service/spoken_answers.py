"""What of the recordings goes into the answer that they became."""

from collections.abc import Sequence

from interviewer.errors import InvalidField
from interviewer.interview.model import Interview
from interviewer.service.received import SpokenPart
from interviewer.speech.transcript import share_changed
from interviewer.spoken import Delivery, EarlierRecording, FillerWords, KeptSound, SpokenAnswer
from interviewer.storage.recordings import Recording, Recordings


def spoken_answer(recordings: Recordings, interview: Interview, text: str, part: SpokenPart) -> SpokenAnswer:
    """The answer's `audio`. Raises InvalidField for a recording or a consent that is not this question's.

    Without consent no sound is kept, also where one was given before.
    """
    last = _found(recordings, interview, part.recording_id, "audio.recording_id")
    earlier = [
        _found(recordings, interview, recording_id, f"audio.earlier_recording_ids.{place}")
        for place, recording_id in enumerate(part.earlier_recording_ids)
    ]
    if part.consent is not None and part.consent != interview.recording_consent:
        raise InvalidField("audio.consent", "This is not the consent that was given: see POST /api/recording-consent.")

    def sound_of(recording: Recording) -> KeptSound | None:
        return recording.sound if part.consent is not None else None

    whole = _joined([each.delivery for each in (*earlier, last)])
    return SpokenAnswer(
        **whole.model_dump(),
        edited=share_changed(whole.transcript, text),
        consent=part.consent,
        sound=sound_of(last),
        earlier=tuple(
            EarlierRecording(
                recording_id=each.delivery.recording_id,
                type=each.delivery.type,
                duration=each.delivery.duration,
                sound=sound_of(each),
            )
            for each in earlier
        ),
    )


def _found(recordings: Recordings, interview: Interview, recording_id: str, field: str) -> Recording:
    current = interview.current
    recording = recordings.find(interview.session_id, recording_id)
    if recording is None or current is None or recording.question_number != current.number:
        raise InvalidField(field, "There is no such recording for this question.")
    return recording


def _joined(parts: Sequence[Delivery]) -> Delivery:
    """Several recordings as if they were one: the last one's, with what can be added up of all."""
    if len(parts) == 1:
        return parts[0]
    fillers = [word for part in parts for word in part.filler_words.list]
    pauses = [part.longest_pause for part in parts if part.longest_pause is not None]
    return parts[-1].model_copy(
        update={
            "duration": round(sum(part.duration for part in parts), 2),
            "language": ", ".join(dict.fromkeys(part.language for part in parts)),
            "words_per_minute": _pace(parts),
            "filler_words": FillerWords(count=len(fillers), list=tuple(fillers)),
            "longest_pause": max(pauses, default=None),
            "model": ", ".join(dict.fromkeys(part.model for part in parts)),
            "transcript": "\n".join(part.transcript for part in parts),
        }
    )


def _pace(parts: Sequence[Delivery]) -> float | None:
    """Words a minute of speaking, over the recordings whose pace is known: the time between them is nobody's pace."""
    timed = [(len(part.transcript.split()), part.words_per_minute) for part in parts if part.words_per_minute]
    minutes = sum(words / pace for words, pace in timed)
    return round(sum(words for words, _ in timed) / minutes, 1) if minutes else None

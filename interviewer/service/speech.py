"""The use cases of the voice: transcribe a recording, agree to have it kept, speak a text."""

import secrets
from collections.abc import Callable
from typing import Any

from interviewer.clock import Clock
from interviewer.errors import InterviewNotFound, SpeechOff, WrongState
from interviewer.interview import state
from interviewer.interview.model import Interview, Turn
from interviewer.interviewers.builtin.learned import learned
from interviewer.service.interviews import InterviewService
from interviewer.speech.sound import Sound
from interviewer.speech.speaking import Speaker
from interviewer.speech.transcribing import TranscribingQueue
from interviewer.speech.transcript import Heard, filler_words, longest_pause, words_per_minute
from interviewer.spoken import Delivery
from interviewer.storage.recordings import Recordings

NO_TRANSCRIPTION = "This server does not transcribe: type the answer. See WHISPER_MODEL and STT_BASE_URL in the README."
NOT_KEPT = "This server keeps no recordings: see KEEP_AUDIO in the README."
NO_VOICE = "This server does not speak: let the browser. See TTS_BASE_URL in the README."


class SpeechService:
    """What can be asked about the voice. `transcriber` and `speaker` are None where there is none."""

    def __init__(
        self,
        interviews: InterviewService,
        recordings: Recordings,
        transcriber: TranscribingQueue | None,
        speaker: Speaker | None,
        clock: Clock,
        *,
        keeps_audio: bool,
    ) -> None:
        self._interviews = interviews
        self._recordings = recordings
        self._transcriber = transcriber
        self._speaker = speaker
        self._clock = clock
        self.keeps_audio = keeps_audio

    @property
    def model(self) -> str | None:
        """Who transcribes, as health tells it."""
        return self._transcriber.model if self._transcriber else None

    @property
    def languages(self) -> list[str] | None:
        """Those that recordings can be in, as ISO 639 codes; None where that is not known."""
        known = self._transcriber.languages if self._transcriber else None
        return list(known) if known else None

    @property
    def speaks(self) -> bool:
        """Whether a remote server speaks."""
        return self._speaker is not None

    def transcribe(
        self,
        session_id: str,
        question_number: int,
        read: Callable[[], bytes],
        recorded_seconds: float,
        language: str | None = None,
        user_id: str | None = None,
        *,
        trial: bool = False,
    ) -> dict[str, Any]:
        """The text of a recording for the current question, and how it was said; kept until the answer is sent.

        `read` gives the recording when its turn has come. The sound is kept with the text where that is set and the
        candidate had agreed before; of a `trial` nothing is kept. Raises SpeechOff, InterviewNotFound when the
        interview is not live, WrongState for another question than the current one, InvalidField that says why the
        recording cannot be taken, SpeechUnavailable, SpeechServerError.
        """
        if self._transcriber is None:
            raise SpeechOff(NO_TRANSCRIPTION)
        interview, turn = self._current(session_id, question_number, user_id)
        agreed = self.keeps_audio and interview.recording_consent is not None
        sound, heard = self._transcriber.transcribe(read, recorded_seconds, language, _likely_words(interview, turn))
        delivery = _delivery(sound, heard, self._transcriber.model)
        if not trial:
            with self._interviews.held(session_id, user_id) as found:
                _check_current(found, question_number)
                file = (sound.data, sound.kind.suffix) if agreed else None
                self._recordings.keep(session_id, question_number, delivery, file)
        return {
            "recording_id": None if trial else delivery.recording_id,
            "text": heard.text,
            "duration": delivery.duration,
            "language": heard.language,
            "words": [word.model_dump() for word in heard.words],
            "words_per_minute": delivery.words_per_minute,
            "filler_words": delivery.filler_words.model_dump(),
            "longest_pause": delivery.longest_pause,
            "model": delivery.model,
        }

    def consent(self, session_id: str, version: str, user_id: str | None = None) -> dict[str, str]:
        """Note that the candidate agrees to have recordings kept; on disk when it returns. The same again is no news.

        Raises SpeechOff where none are kept, InterviewNotFound, WrongState after the end.
        """
        if not self.keeps_audio:
            raise SpeechOff(NOT_KEPT)
        with self._interviews.held(session_id, user_id) as found:
            if not isinstance(found, Interview):
                raise WrongState("This interview has ended.")
            consent, agreed = state.agree_to_recording(found, version, self._clock())
            if agreed is not found:
                self._interviews.live.save(agreed)
        return {"version": consent.version, "at": consent.at.isoformat()}

    def speak(self, text: str) -> bytes:
        """The text as MP3. Raises SpeechOff, SpeechServerError."""
        if self._speaker is None:
            raise SpeechOff(NO_VOICE)
        return self._speaker.speak(text)

    def _current(self, session_id: str, question_number: int, user_id: str | None) -> tuple[Interview, Turn]:
        with self._interviews.held(session_id, user_id) as found:
            return _check_current(found, question_number)


def _check_current(found: object, question_number: int) -> tuple[Interview, Turn]:
    if not isinstance(found, Interview) or found.status != "in_progress":
        raise InterviewNotFound("There is no interview in progress with this id.")
    turn = found.current
    if turn is None or turn.number != question_number:
        raise WrongState(f"Question {question_number} is not the current one.")
    return found, turn


def _likely_words(interview: Interview, turn: Turn) -> str:
    """The question and the names that the interview is about: they are heard better where they are expected.

    Key points stay out: what a good answer says shall not be heard into a bad one.
    """
    named = (mention.skill.name for mention in learned().lexicon.find(interview.job_description))
    words = ", ".join(dict.fromkeys((*interview.topics, *named)))
    return f"{words}. {turn.question.text}" if words else turn.question.text


def _delivery(sound: Sound, heard: Heard, model: str) -> Delivery:
    return Delivery(
        recording_id=secrets.token_hex(8),
        type=sound.kind.type,
        duration=round(sound.seconds, 2),
        language=heard.language,
        words_per_minute=words_per_minute(heard),
        filler_words=filler_words(heard.text),
        longest_pause=longest_pause(heard),
        model=model,
        transcript=heard.text,
    )

"""What a local Whisper model hears in a recording, stretch by stretch, and what makes us listen again."""

from dataclasses import dataclass
from typing import Any

from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps

from interviewer.speech.limits import AT_ONCE
from interviewer.speech.loudness import Samples, amplified, from_bytes
from interviewer.speech.stretches import LONGEST_SECONDS, PAUSE_SECONDS, Stretch, stretches

SHORTEST_PAUSE_MS = 160  # at which a recording may be cut; what faster-whisper's own batches are cut at

UNSURE = -1.5  # mean log probability of a stretch, below which the model guesses at what is no speech
SPEECHLESS = 0.6  # probability that nobody speaks in a stretch, above which it has to be heard surely
UNSURE_IN_SILENCE = -1.0

FEWEST_WORDS_A_SECOND = 1.5  # of speech without its pauses. Slow speakers say 2; fewer words were left out
LONGEST_GAP_SECONDS = PAUSE_SECONDS + 1.0  # without a word, where Silero hears speech with shorter pauses
MOST_REPETITION = 2.4  # compression ratio, past which a text is one phrase again and again (Whisper's own threshold)


@dataclass(frozen=True)
class HeardStretch:
    """What was heard in one stretch. `words` are faster-whisper's, their times those of the recording."""

    text: str
    words: tuple[Any, ...]
    is_guess: bool
    is_repetition: bool

    def leaves_out(self, stretch: Stretch) -> bool:
        """Whether this is too little for how long somebody spoke, or nothing for longer than anybody pauses in it."""
        if len(self.words) < FEWEST_WORDS_A_SECOND * stretch.spoken_seconds:
            return True
        ends = (stretch.start, *(word.end for word in self.words))
        starts = (*(word.start for word in self.words), stretch.end)
        return any(start - end > LONGEST_GAP_SECONDS for end, start in zip(ends, starts, strict=True))


class Listener:
    """Hears samples, AT_ONCE recordings side by side. Without a model it knows only whether anybody speaks."""

    def __init__(self, folder: str | None) -> None:
        self._model = (
            WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True, num_workers=AT_ONCE)
            if folder
            else None
        )

    def hear(self, samples: bytes, language: str | None, prompt: str) -> dict[str, Any] | None:
        """The text, its language and words; None when nobody speaks."""
        sound = amplified(from_bytes(samples))
        pauses = VadOptions(max_speech_duration_s=LONGEST_SECONDS, min_silence_duration_ms=SHORTEST_PAUSE_MS)
        parts = [(part["start"], part["end"]) for part in get_speech_timestamps(sound, pauses)]
        if not parts:
            return None
        if self._model is None:
            return {"text": "", "language": "", "words": []}
        recording = _Recording(self._model, sound, language if language in self._model.supported_languages else None)
        heard = [each for stretch in stretches(parts) for each in recording.hear(stretch, prompt) if not each.is_guess]
        text = "".join(each.text for each in heard).strip()
        if not any(character.isalnum() for character in text):
            return None
        return {
            "text": text,
            "language": recording.language,
            "words": [_word(each) for one in heard for each in one.words],
        }


class _Recording:
    """One recording that is heard. The language of its first stretch is that of all."""

    def __init__(self, model: WhisperModel, sound: Samples, language: str | None) -> None:
        self._pipeline = BatchedInferencePipeline(model)  # one for each recording: it keeps its place
        self._sound = sound
        self.language = language

    def hear(self, stretch: Stretch, prompt: str) -> list[HeardStretch]:
        """What is heard in a stretch.

        When something is left out, or one phrase comes over and over, its halves are heard, without the prompt, which
        the model at times takes for what was just said. They count if they say more.
        """
        whole = self._heard(stretch, prompt)
        halves = stretch.halves()
        if halves is None or not (whole.is_repetition or whole.leaves_out(stretch)):
            return [whole]
        again = [each for half in halves for each in self.hear(half, "")]
        if whole.is_repetition or sum(len(each.words) for each in again) > len(whole.words):
            return again
        return [whole]

    def _heard(self, stretch: Stretch, prompt: str) -> HeardStretch:
        found, info = self._pipeline.transcribe(
            self._sound,
            language=self.language,
            initial_prompt=prompt or None,
            clip_timestamps=[{"start": stretch.start, "end": stretch.end}],
            temperature=0,  # the same sound gives the same words
            word_timestamps=True,
        )
        segments = list(found)
        self.language = info.language
        return HeardStretch(
            "".join(segment.text for segment in segments),
            tuple(word for segment in segments for word in segment.words or ()),
            all(_is_guess(segment) for segment in segments),
            any(segment.compression_ratio > MOST_REPETITION for segment in segments),
        )


def _is_guess(segment: Any) -> bool:
    sureness = float(segment.avg_logprob)
    return sureness < UNSURE or (segment.no_speech_prob > SPEECHLESS and sureness < UNSURE_IN_SILENCE)


def _word(heard: Any) -> dict[str, Any]:
    return {
        "word": heard.word.strip(),
        "start": round(float(heard.start), 2),
        "end": round(float(heard.end), 2),
        "probability": round(float(heard.probability), 3),
    }

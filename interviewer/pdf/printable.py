"""Texts from anywhere, made fit for paper: nothing invisible in them moves, hides or covers other text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

Direction = Literal["ltr", "rtl"]

LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufff9-\ufffb\U000f0000-\U0010ffff]")
BIDI_CONTROLS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # what could show a text in another order than it has
REPLACEMENT = "\ufffd"

MOST_MARKS = 3  # in one place on a letter, as above it; a hundred would be painted over other lines

RTL_CLASSES = ("R", "AL")
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
ISOLATED = re.compile(f"{ISOLATE}[^{END_OF_ISOLATE}]*{END_OF_ISOLATE}")

KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9d]")
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")


def printable(value: Any) -> Any:
    """A record with each of its texts as it can be printed; its shape stays.

    Line ends become "\\n", tabs four spaces. Controls, halves of surrogate pairs and private characters, which no font
    has, become U+FFFD, so that a reader sees that something was there. Controls of direction go.
    """
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, dict):
        return {name: printable(item) for name, item in value.items()}
    return [printable(item) for item in value] if isinstance(value, list | tuple) else value


def _printable_text(text: str) -> str:
    text = LINE_ENDS.sub("\n", text).replace("\t", "    ")
    text = BIDI_CONTROLS.sub("", UNPRINTABLE.sub(REPLACEMENT, text))
    return text if text.isascii() else "".join(_without_towers(text))


def _without_towers(text: str) -> Iterator[str]:
    places: Counter[int] = Counter()
    for character in text:
        place = unicodedata.combining(character)
        if not place:
            places.clear()
        places[place] += 1
        if not place or places[place] <= MOST_MARKS:
            yield character


def is_rtl(text: str) -> bool:
    """Whether a paragraph reads from right to left."""
    return direction(text) == "rtl"


def direction(text: str) -> Direction | None:
    """How a paragraph reads: its first letter with a direction decides, as in HTML's dir=auto. None without one.

    What is `isolated` in it does not count.
    """
    for character in ISOLATED.sub("", text):
        kind = unicodedata.bidirectional(character)
        if kind == "L" or kind in RTL_CLASSES:
            return "ltr" if kind == "L" else "rtl"
    return None


def isolated(text: str) -> str:
    """A text for the middle of a sentence of ours, which it must not turn around."""
    turns = any(unicodedata.bidirectional(character) in (*RTL_CLASSES, "AN") for character in text)
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if turns else text


def cjk_font(text: str) -> str | None:
    """Which of the CJK fonts draws a text's characters as its readers do: JP, KR, or None where it does not show."""
    if KANA.search(text):
        return "JP"
    return "KR" if HANGUL.search(text) else None

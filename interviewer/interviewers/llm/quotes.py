"""Whether a model's quote really stands in the answer, and which words of the answer it is."""

import bisect
import itertools
import re

STRAIGHT = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"})
WRAPPING = "\"'“”‘’«»„ \t\r\n"
ELLIPSIS = re.compile(r"\[?(?:\.\.\.|…)\]?")
WORD = re.compile(r"\S+")
CODE_WORD = re.compile(r"\w+|[-+*/%=<>!&|^~]+")
FEWEST_WORDS = 3
FEWEST_CHARACTERS = 4  # of a quote in a script that writes no spaces


class QuotableText:
    """An answer in which quotes are looked for: white space, case and the form of quotation marks aside.

    `is_code` where it is code: names, numbers and signs then count as words.
    """

    def __init__(self, text: str, *, is_code: bool = False) -> None:
        self._text = text
        self._word = CODE_WORD if is_code else WORD
        self._folded = _fold(text)
        self._words: _Words | None = None

    def find(self, quote: str) -> tuple[tuple[int, int], ...]:
        """Where the quote stands, as half-open ranges of the text; of a quote with "...", its longest part.

        Empty for words that are not there, and for fewer than three words, which show nothing.
        """
        parts = sorted((part.strip(WRAPPING) for part in ELLIPSIS.split(quote)), key=len, reverse=True)
        folded = _fold(parts[0]).rstrip(".,;:!?")
        if not _long_enough(folded, self._word) or folded not in self._folded:
            return ()
        self._words = words = self._words or _Words(self._text)
        found = []
        start = self._folded.find(folded)
        while start >= 0:
            found.append((words.place(start), words.place(start + len(folded) - 1) + 1))
            start = self._folded.find(folded, start + 1)
        return tuple(found)


def _fold(text: str) -> str:
    return " ".join(WORD.findall(text.translate(STRAIGHT))).casefold()


class _Words:
    """The words of a text, and where each begins in the folded text."""

    def __init__(self, text: str) -> None:
        self._found = list(WORD.finditer(text.translate(STRAIGHT)))
        lengths = (len(found.group().casefold()) + 1 for found in self._found)
        self._begins = list(itertools.accumulate(lengths, initial=0))[:-1]
        self._known: dict[int, list[int]] = {}

    def place(self, folded: int) -> int:
        """The place in the text that a character of the folded text comes from; of a blank, the last of the blanks."""
        index = bisect.bisect_right(self._begins, folded) - 1
        within = folded - self._begins[index]
        places = self._places(index)
        return places[within] if within < len(places) else self._found[index + 1].start() - 1

    def _places(self, index: int) -> list[int]:
        """For each character of a folded word its place in the text."""
        if index not in self._known:
            found = self._found[index]
            sizes = [len(character.casefold()) for character in found.group()]  # some letters fold into several
            self._known[index] = [at for at, size in enumerate(sizes, start=found.start()) for _ in range(size)]
        return self._known[index]


def _long_enough(folded: str, word: re.Pattern[str]) -> bool:
    if len(word.findall(folded)) >= FEWEST_WORDS:
        return True
    return len(folded) >= FEWEST_CHARACTERS and any(ord(character) > 0x2E7F for character in folded)

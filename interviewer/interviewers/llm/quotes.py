"""Whether a model's quote really stands in the answer, and which words of the answer it is."""

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
        self._places: list[int] | None = None

    def find(self, quote: str) -> tuple[tuple[int, int], ...]:
        """Where the quote stands, as half-open ranges of the text; of a quote with "...", its longest part.

        Empty for words that are not there, and for fewer than three words, which show nothing.
        """
        parts = sorted((part.strip(WRAPPING) for part in ELLIPSIS.split(quote)), key=len, reverse=True)
        folded = _fold(parts[0]).rstrip(".,;:!?")
        if not _long_enough(folded, self._word) or folded not in self._folded:
            return ()
        self._places = places = self._places or _places(self._text)
        found = []
        start = self._folded.find(folded)
        while start >= 0:
            found.append((places[start], places[start + len(folded) - 1] + 1))
            start = self._folded.find(folded, start + 1)
        return tuple(found)


def _fold(text: str) -> str:
    return " ".join(WORD.findall(text.translate(STRAIGHT))).casefold()


def _places(text: str) -> list[int]:
    """For each character of the folded text the place in `text` that it comes from."""
    places: list[int] = []
    for found in WORD.finditer(text.translate(STRAIGHT)):
        if places:
            places.append(found.start() - 1)
        word = found.group()
        if len(word.casefold()) == len(word):
            places.extend(range(*found.span()))
        else:  # some letters fold into several
            for place, character in enumerate(word, start=found.start()):
                places.extend([place] * len(character.casefold()))
    return places


def _long_enough(folded: str, word: re.Pattern[str]) -> bool:
    if len(word.findall(folded)) >= FEWEST_WORDS:
        return True
    return len(folded) >= FEWEST_CHARACTERS and any(ord(character) > 0x2E7F for character in folded)

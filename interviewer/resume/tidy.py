"""Text as people read it: no control characters, no ligatures, plain white space, words whole."""

import re
import unicodedata

from interviewer.resume.hyphens import mend_hyphens

LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}  # "ﬁ" and its kin
BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0x25CF, 0x25AA, 0x25A0, 0x2023, 0x27A2), "•")  # symbol fonts
JOINS = "\u200c\u200d"  # inside words of some scripts, and inside emoji
KEPT_CONTROLS = "\n" + JOINS
LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
GAP = re.compile(r"[^\S\n]{2,}|\t[^\S\n]*")
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, formats, lone surrogates, private use (icons), no characters


def tidy(text: str) -> str:
    """The text with sensible lines: a gap is two spaces, between paragraphs stands at most one empty line."""
    text = LINE_ENDS.sub("\n", text).translate(BULLETS).translate(LIGATURES)
    text = mend_hyphens(GAP.sub("\t", text))
    text = "".join(_seen(character) for character in text)
    text = unicodedata.normalize("NFC", text)
    lines = (GAP.sub("  ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _seen(character: str) -> str:
    if character in KEPT_CONTROLS or character == "\t":
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in UNSEEN or character == "\ufffd" else character

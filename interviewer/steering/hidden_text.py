"""Text that a human reader does not see or cannot read: invisible characters and encodings."""

import base64
import binascii
import codecs
import html
import re
import urllib.parse
from collections.abc import Iterator

Decoded = tuple[int, int, str]
"""A passage text[start:end] and what it says once decoded."""

TAGS = re.compile(r"[\U000e0020-\U000e007f]+")
FLAG_EMOJI = re.compile(r"\U0001f3f4[\U000e0030-\U000e007a]{1,8}\U000e007f")
"""The only honest use of tag characters: the flags of England, Scotland and Wales."""

CARRIERS = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u180e]{8,}|[\U000e0100-\U000e01ef\ufe00-\ufe0e]{3,}")
"""So many in a row carry data: no script, and no emoji, has them."""

SPLIT_WORD = re.compile(r"[A-Za-z]+(?:[\u200b-\u200f\u2060-\u2064\ufeff\u180e\u00ad\u034f]+[A-Za-z]+){2,}")
"""A Latin word split twice or more; a soft hyphen alone, as typesetting leaves it, does not count."""
SPLIT_WORDS = 2
"""So many split words are no accident of copying."""

OVERRIDE = re.compile(r"[\u202d\u202e][^\u202c\n]{0,2000}\u202c?")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

BASE64 = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{16,}={0,2}(?![\w+/=])")
BASE64_LINES = re.compile(r"(?:[A-Za-z0-9+/_-]{24,100}[ \t]?\n[ \t]*){1,200}[A-Za-z0-9+/_-]{4,}={0,2}(?![\w+/=])")
HEX = re.compile(r"(?<![0-9a-fA-F])(?:(?:0x|\\x|\\u00)?[0-9a-fA-F]{2}[\s:,-]{0,2}){8,}(?![0-9a-fA-F])")
BINARY = re.compile(r"(?<!\d)(?:[01]{8}[\s,]?){8,}")
PERCENT = re.compile(r"[\w.,!/+-]{0,200}(?:%[0-9a-fA-F]{2}[\w.,!/+-]{0,200}){2,}")
ENTITIES = re.compile(r"(?:&#x?[0-9a-fA-F]{2,6};\s?){6,}")
ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4}){6,}")
DECIMAL = re.compile(r"(?<!\d)(?:\d{2,3}[,\s]{1,2}){9,}\d{2,3}(?!\d)")

ROT13_HINT = re.compile(
    r"\b(?:vtaber|qvfertneq|vafgehpgvba|fpber|engr|tvir|njneq|tenqr|znexf|pnaqvqngr|nafjre|cebzcg|bireevqr)s?\b"
)
REVERSED_HINT = re.compile(
    r"\b(?:erongi|dragersid|snoitcurtsni|noitcurtsni|erocs|gnitar|etar|evig|drawa|edarg|skram|etadidnac|rewsna|tpmorp|edirrevo|tcefrep)\b"
)

LARGEST_PASSAGE = 4000
"""Characters of an encoded passage that are decoded."""


def invisible(text: str) -> Iterator[tuple[int, int]]:
    """Passages of the original whose invisible characters no honest writing has."""
    flags = {match.start() + 1 for match in FLAG_EMOJI.finditer(text)}
    for pattern in (TAGS, CARRIERS):
        yield from (match.span() for match in pattern.finditer(text) if match.start() not in flags)
    split = [match for match in SPLIT_WORD.finditer(text) if match.group().replace("\u00ad", "").isalpha() is False]
    if len(split) >= SPLIT_WORDS or any(len(re.findall(r"[^A-Za-z]+", match.group())) >= 4 for match in split):
        yield from (match.span() for match in split)
    for match in OVERRIDE.finditer(text):
        if not RIGHT_TO_LEFT.search(match.group()) and re.search(r"\w", match.group()):
            yield match.span()


def tag_text(text: str) -> Iterator[Decoded]:
    """What tag characters spell."""
    for match in TAGS.finditer(text):
        yield *match.span(), "".join(chr(ord(one) - 0xE0000) for one in match.group())


def decoded(cased: str) -> Iterator[Decoded]:
    """What encoded passages of a normal form say, where they say anything in letters."""
    for sign, pattern, decode in DECODERS:
        if not sign.search(cased):
            continue
        for match in pattern.finditer(cased):
            said = decode(match.group()[:LARGEST_PASSAGE])
            if said and sum(one.isalpha() or one.isspace() for one in said) > 0.6 * len(said):
                yield *match.span(), said


def rotated(lower: str) -> str:
    """The text in rot13, if some of it was; as long as before."""
    return codecs.encode(lower, "rot13") if ROT13_HINT.search(lower) else ""


def reversed_text(lower: str) -> str:
    """The text read backwards, if some of it was meant to be; as long as before."""
    return lower[::-1] if REVERSED_HINT.search(lower) else ""


def _base64(said: str) -> str:
    said = re.sub(r"\s", "", said).rstrip("=").replace("-", "+").replace("_", "/")
    if len(said) < 12 or (said.isalpha() and (said.islower() or said.isupper() or said.istitle())):
        return ""
    said = said[: len(said) - (len(said) % 4 == 1)]
    return _text(base64.b64decode(said + "=" * (-len(said) % 4)))


def _hex(said: str) -> str:
    digits = re.sub(r"0x|\\x|\\u00|[\s:,-]", "", said)
    try:
        return _text(binascii.unhexlify(digits[: len(digits) // 2 * 2]))
    except binascii.Error:
        return ""


def _binary(said: str) -> str:
    return _text(bytes(int(one, 2) for one in re.findall(r"[01]{8}", said)))


def _decimal(said: str) -> str:
    numbers = [int(one) for one in re.findall(r"\d+", said)]
    return "".join(map(chr, numbers)) if all(9 <= one < 127 for one in numbers) else ""


def _escapes(said: str) -> str:
    return "".join(chr(int(one, 16)) for one in re.findall(r"\\u([0-9a-fA-F]{4})", said))


def _text(raw: bytes) -> str:
    try:
        said = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return said if all(one.isprintable() or one.isspace() for one in said) else ""


DECODERS = (
    (re.compile(r"[A-Za-z0-9+/_-]{16}"), BASE64, _base64),
    (re.compile(r"[A-Za-z0-9+/_-]{24}[ \t]?\n"), BASE64_LINES, _base64),
    (re.compile(r"[0-9a-fA-F]{2}[^g-zG-Z]{12}"), HEX, _hex),
    (re.compile(r"[01]{8}"), BINARY, _binary),
    (re.compile(r"%[0-9a-fA-F]{2}"), PERCENT, urllib.parse.unquote_plus),
    (re.compile(r"&#"), ENTITIES, html.unescape),
    (re.compile(r"\\u[0-9a-fA-F]{4}"), ESCAPES, _escapes),
    (re.compile(r"\d{2,3}[,\s]{1,2}\d{2,3}[,\s]{1,2}\d"), DECIMAL, _decimal),
)
"""A quick sign that a text may have such passages, the passages, and how they are read."""

"""From a line of a resume to words that stand in a question: "Led a team of 4" as "led a team of 4" behind "you"."""

import re
from dataclasses import dataclass
from typing import Literal

from interviewer.interviewers.builtin.reading.phrases import action, with_article
from interviewer.interviewers.builtin.reading.resume_sections import CONTACT
from interviewer.interviewers.builtin.reading.verbs import read_verb
from interviewer.interviewers.builtin.reading.wording import DANGLING

Mode = Literal["did", "included", "says"]
MOST_WORDS, FEWEST_WORDS, MOST_CHARS = 24, 3, 170
FEWEST_QUOTED_WORDS = 4
IRREGULAR = frozenset(
    """led built won wrote ran made grew drove oversaw taught took held brought sold set cut spent sent kept found gave
    got began spoke rebuilt chose became met put undertook saw dealt sought drew rewrote redid did had upheld understood
    co-led shot hit spun fed rode flew bought thought came rose went broke left lent paid laid""".split()
)
PAST = re.compile(r"[a-z]+(?:-[a-z]+)*ed")
NO_PAST = frozenset(
    """need seed feed speed breed skilled experienced advanced detailed based related unlimited limited talented
    certified motivated dedicated seasoned accomplished united red bed shed embed indeed""".split()
)
PASSIVE = re.compile(
    r"(?:awarded|honou?red|entrusted|tasked|nominated|elected|recogni[sz]ed|hired|ranked|named|placed)\b"
    r"|(?:selected|promoted|chosen|appointed|invited|assigned|trained|certified|commended|responsible|accountable)"
    r" (?:to|as|by|for|from|among|with|in|out)\b",
    re.I,
)
ADVERB = re.compile(r"(?:\w+ly|also|then|single-handedly|jointly) ", re.I)
LABEL = re.compile(r"[A-Z][\w &/,.+’'-]{1,40}?:\s+(?=\S+ \S+ \S+)")
NO_DEED_LABEL = re.compile(
    r"(?:software |tech(?:nology|nical)? ?)*(?:tools?|stack|technolog\w+|skills?|environment|languages?|frameworks?"
    r"|libraries|coursework|courses|grades?|gpa|awards?|links?|references?)\s*:",
    re.I,
)
SENTENCE_END = re.compile(r"(?<=[\w)%”\"]{2})[.;!?](?=\s|$)|(?<=\w)\s+[–—•]\s+")
TAIL = re.compile(
    r",? (?:including|such as|ranging|consisting|resulting|leading to|thereby|thus|which|while)\b"
    r"|, (?:(?:and |thereby )?\w+ing|and \w+ed)\b|: (?=\S)",
    re.I,
)
BREAK = re.compile(
    r",? (?=(?:to|for|by|using|with|through|via|across|as|that|in|on|from|into|under|before|after|based)\b)"
)
OWN_WORDS = {"my": "your", "our": "your", "me": "you", "us": "you", "we": "you", "myself": "yourself", "mine": "yours"}
VERBS = re.compile(r"(?:were )?(?:\w+ly )?[\w-]+(?:(?:, [\w-]+)* and (?:[a-z-]+ed|led|built|wrote|ran))? ")
BESIDES = re.compile(r",| (?:that|which|alongside|where) ")
ENDS_NOTHING = DANGLING | frozenset(
    "based due according focused used using included including able rather more less than that who which it between"
    " these those".split()
)
FIRST_PERSON = re.compile(r"\b(?:my|our|me|us|we|myself|mine|My|Our|We)\b|\bI(?= [a-z])")
FIGURE = re.compile(r"(?:[$€£]\s?\d[\d,.]*\d?\s?(?:[KMB]\b|million|billion)?\+?|\d[\d,.]*\s?%\+?|\b\d+(?:\.\d+)?x\b)")
CHANGE = re.compile(
    r"\b(?:increas|reduc|improv|sav|decreas|cut|achiev|gr[eo]w|boost|lower|rais|doubl|exceed|accura|gain|drop)", re.I
)
LEADING = re.compile(
    r"(?:co-)?(?:led|managed|supervised|headed|directed) .{0,30}"
    r"\b(?:team|people|staff|engineers|designers|developers|specialists|interns|members|employees|crew)\b"
)
UNSAFE = re.compile(r"[<>{}\\`|@“”\"\[\]=#→]|https?:|www\.|[\U0001F000-\U0001FAFF]")


@dataclass(frozen=True)
class Deed:
    """What the candidate did, or wrote, in words that fit a sentence of at most 170 characters.

    `did`: stands behind "you"; `included`: behind "your work included"; `says`: the resume's own words, to be quoted.
    `figure` is a measured effect that it names ("20%"), `leads` whether it speaks of leading people.
    """

    mode: Mode
    words: str
    figure: str | None = None
    leads: bool = False


def read_deed(written: str) -> Deed | None:
    """The deed of one bullet, or None where nothing of it can be said or quoted without harm."""
    line = " ".join(re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?=\W|$)", "", written).split())
    if NO_DEED_LABEL.match(line):
        return None
    if label := LABEL.match(line):
        line = line[label.end() :]
    if line.isupper():
        line = line.capitalize()
    end = SENTENCE_END.search(line)
    sentence = line[: end.start()] if end else line
    if CONTACT.search(sentence) or not sentence.isprintable():
        return None
    return _done(sentence) or _included(sentence) or _said(sentence)


def quotable(line: str) -> str | None:
    """A whole line, in its own words, cut where a clause ends; None for what is no safe quote."""
    said = _shorter(" ".join(line.split()).strip(" .,;:–—-•*"))
    if said is None or not said.isprintable() or UNSAFE.search(said) or CONTACT.search(said):
        return None
    letters = sum(char.isalpha() for char in said)
    if len(said.split()) < FEWEST_QUOTED_WORDS or letters * 3 < 2 * len(said) or said.isupper():
        return None
    return said


def _done(sentence: str) -> Deed | None:
    """ "Led a team" or "I led a team" as "led a team", "Awarded a prize" as "were awarded a prize"."""
    bare = re.sub(r"^(?:I|We)(?: have)? ", "", sentence)
    adverb = ADVERB.match(bare)
    first = bare[adverb.end() if adverb else 0 :].partition(" ")[0].strip(",")
    if PASSIVE.match(bare):
        words = f"were {_begun_small(bare)}"
    elif _is_past(first):
        words = _begun_small(bare)
    else:
        return None
    verbs = VERBS.match(words)
    if verbs and not words.startswith("were "):
        thing = BESIDES.search(words, verbs.end())
        end = thing.start() if thing else len(words)
        words = verbs.group() + with_article(words[verbs.end() : end]) + words[end:]
    short = _shorter(_to_you(words.replace(" & ", " and ")))
    if short is None or UNSAFE.search(short):
        return None
    figure = FIGURE.search(short) if CHANGE.search(short) else None
    return Deed("did", short, figure.group().strip(" .,") if figure else None, bool(LEADING.match(short)))


def _included(sentence: str) -> Deed | None:
    """ "Maintaining stock" and "Maintain stock" as "maintaining stock"."""
    first = sentence.partition(" ")[0].strip(",")
    verb = read_verb(first)
    if verb and verb.form == "gerund":
        words: str | None = _begun_small(sentence)
    else:
        read = action(sentence, certain=False, lenient=True) if verb else None
        words = read.gerund if read else None
    short = _shorter(_to_you(words.replace(" & ", " and "))) if words else None
    return None if short is None or UNSAFE.search(short) else Deed("included", short)


def _said(sentence: str) -> Deed | None:
    said = quotable(sentence)
    return Deed("says", said) if said else None


def _is_past(word: str) -> bool:
    small = word.casefold()
    return small in IRREGULAR or (bool(PAST.fullmatch(small)) and small not in NO_PAST)


def _begun_small(text: str) -> str:
    """With a small first letter, unless the first word is an acronym or a name such as "eBay"."""
    first = text.partition(" ")[0]
    return text if any(char.isupper() for char in first[1:].replace("-", "")) else text[:1].lower() + text[1:]


def _to_you(text: str) -> str:
    return FIRST_PERSON.sub(lambda match: OWN_WORDS.get(match.group().casefold(), "you"), text)


def _shorter(text: str) -> str | None:
    """The text within the most words and characters, cut where a clause or phrase ends; None if that cannot be done."""
    text = text.strip(" .,;:–—-")
    if not _fits(text):
        tails = (match.start() for match in TAIL.finditer(text, 25))
        text = text[: next((at for at in tails if _ends_well(text[:at])), len(text))]
    if not _fits(text):
        breaks = [match.start() for match in BREAK.finditer(text, 25)]
        text = next((text[:at] for at in reversed(breaks) if _fits(text[:at]) and _ends_well(text[:at])), "")
    text = text.strip(" ,;:–—-")
    return text if len(text.split()) >= FEWEST_WORDS and _ends_well(text) else None


def _fits(text: str) -> bool:
    return len(text.split()) <= MOST_WORDS and len(text) <= MOST_CHARS


def _ends_well(text: str) -> bool:
    """Whether no word is left without what belongs to it, and brackets are closed."""
    last = text.rstrip(" ,;:").rpartition(" ")[2].casefold()
    return last not in ENDS_NOTHING and text.count("(") == text.count(")") and not text.endswith(("&", "+", "/"))

"""The job's title, as a posting gives it: in its first line, or in a sentence such as "The Data Engineer will ..."."""

import re

from interviewer.interviewers.builtin.reading.sections import heading_section
from interviewer.interviewers.builtin.reading.wording import any_of

MAX_TITLE_WORDS = 9
MAX_TITLE_LINE_WORDS = 16
MAX_LINE_CHARS = 200
IN_SENTENCE = re.compile(r"\b(?:you|we|our|is|are|will|the)\b", re.I)
NO_TITLE = re.compile(r"[{}<>\\|@=]")
JOB_NOUN = rf"{any_of('job_noun')}s?"
IS_TITLE = re.compile(rf"\b{JOB_NOUN}\b(?:\s+(?:I{{1,3}}|IV|V|[1-5])\b)?", re.I)
LABEL = re.compile(r"^(?:job title|position(?: title)?|title|role|vacancy|stelle|job|opening)\s*[:–-]\s*", re.I)
HIRING = re.compile(
    r"^(?:(?:we(?:['’]re| are)?|\w+(?: \w+){0,3} is)\s+(?:currently |now )?(?:hiring|looking for|seeking|recruiting)"
    r"|(?:now )?hiring|looking for|seeking|wanted|join us as|apply for)\s*:?\s*(?:for\s+)?(?:(?:an?|our|the)\s+)?",
    re.I,
)
QUALIFIERS = re.compile(
    rf"\s*\([^)]*\)|\s*\[[^\]]*\]|\s+(?:needed|wanted|required)\b.*|\b{any_of('qualifier')}\b|[!*#]+", re.I
)
GENDER_MARK = re.compile(r"\b(?:m/w/d|w/m/d|m/f/d|f/m/d|h/f|f/h|m/f)\b", re.I)
TITLE_WORDS = r"(?:[A-Z][\w&/.+#’'-]*|of|and|&|/|intern|analyst)"
TITLE_RUN = rf"((?:[A-Z][\w&/.+#’'-]*)(?:\s+{TITLE_WORDS}){{0,7}})"
IN_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[Bb]ecom(?:e|ing) (?:a|an|our|the) {TITLE_RUN}",
        rf"\b[Aa]s (?:a|an|our|the) {TITLE_RUN},? (?:you|at)\b",
        rf"(?:^|[.\n]\s*|\s)The {TITLE_RUN} (?:will|is|intern is|position|role|at|works|must|shall)\b",
        r"(?:seek(?:s|ing)|[Ll]ooking for|hir(?:e|ing)|recruiting|position (?:for|of|as)|opening for|need)"
        rf"(?: an?| our| the| new| qualified| experienced| motivated)* {TITLE_RUN}",
        rf"\b(?:[Tt]his|[Oo]ur|[Tt]he) {TITLE_RUN} (?:role|position|opportunity|internship)\b",
        rf"\b(?:join|Join)\b[^.]{{0,40}}\bas (?:a|an|our) {TITLE_RUN}",
    )
)
IN_TEXT_LOWER = re.compile(
    r"(?i:looking for|seeking|hiring|need|search of)(?: an?)?((?: [\w&/+#-]+){0,4}? (?:" + JOB_NOUN + r"))\b"
)
SEARCH_CHARS = 6_000
VAGUE_TITLES = re.compile(any_of("vague_title"), re.I)
INTERN_FIRST = re.compile(r"(intern(?:ship)?|trainee|apprentice)\s*[,–-]+\s*(.+)", re.I)


def read_title(text: str) -> tuple[str | None, str]:
    """(title or None, the text without a title line). A title is a short noun phrase such as "Data Engineer Intern"."""
    first, newline, rest = text.lstrip().partition("\n")
    title = _from_line(first) or _plain_title(first.strip())
    if title:
        return title, rest if newline else text
    sentence = re.match(r"([^.!?\n]{3,70})[.!?:](?:\s|$)", first[:MAX_LINE_CHARS])
    title = _from_line(sentence.group(1)) if sentence else None
    return title or _from_sentences(text[:SEARCH_CHARS]), text


def _from_line(line: str) -> str | None:
    """The title that a first line is, or None for a line that is an ordinary sentence."""
    if len(line) > MAX_LINE_CHARS or NO_TITLE.search(line):
        return None
    bare = HIRING.sub("", LABEL.sub("", line.strip()))
    hiring = bare != line.strip()
    if not bare or heading_section(line) or (line.strip().endswith(".") and len(bare.split()) > 6):
        return None
    bare = QUALIFIERS.sub("", bare).strip(" .,:;-–|")
    words = bare.split()
    too_long = len(words) > (MAX_TITLE_LINE_WORDS if re.search(r"[,|(–-]", bare) else MAX_TITLE_WORDS)
    if too_long or IN_SENTENCE.search(bare):
        return None
    title = _core(bare)
    named = hiring or bool(GENDER_MARK.search(line))
    return title or (_capitalised(bare) if named and len(words) <= 4 else None)


def _plain_title(line: str) -> str | None:
    """One or two words that are the whole line, such as "Nurse" or "Sous-chef": they name the job, known or not."""
    if not 1 <= len(line.split()) <= 2 or heading_section(line) or VAGUE_TITLES.fullmatch(line):
        return None
    return line if line[:1].isupper() and line.replace("-", "").replace(" ", "").isalpha() else None


def _core(text: str) -> str | None:
    """The part of a title line that names the job: "Audit Intern" of "Audit Intern - Winter"."""
    if match := INTERN_FIRST.fullmatch(text):
        rest = re.split(r"\s*[,|–]\s*|\s+-\s+|-(?=[A-Z])", match.group(2))[0].strip()
        return _capitalised(f"{rest} {match.group(1)}")
    for part in re.split(r"\s*[,|–—:;]\s*|\s+-\s+|(?<=[a-z])-(?=[A-Z])|\s+(?:at|with|for|in|to|who)\s+", text):
        matches = list(IS_TITLE.finditer(part))
        if matches and part[: matches[-1].end()].strip():
            title = part[: matches[-1].end()].strip(" -/&")
            if len(title.split()) <= MAX_TITLE_WORDS and not VAGUE_TITLES.fullmatch(title):
                return _capitalised(title)
    return None


def role_phrase(title: str | None) -> str:
    """The role as it stands in a question: "the Data Engineer role", "this role" when the title is unknown."""
    if title is None:
        return "this role"
    if title.casefold() in ("intern", "internship"):
        return "this internship"
    return f"the {title}" if title.casefold().endswith((" internship", " role")) else f"the {title} role"


def _from_sentences(text: str) -> str | None:
    for pattern in IN_TEXT:
        for match in pattern.finditer(text):
            title = _core(match.group(1))
            if title and title[:1].isupper():
                return _single(title)
    lower = IN_TEXT_LOWER.search(text)
    title = _core(lower.group(1).strip()) if lower else None
    return _single(title) if title and len(title.split()) <= 4 else None


def _single(title: str) -> str:
    return title[:-1] if re.search(r"(?:rs|ts|ns|es)$", title) and IS_TITLE.fullmatch(title.split()[-1][:-1]) else title


def _capitalised(title: str) -> str:
    """ "AUDIT INTERN" and "audit intern" both as "Audit Intern"; acronyms and mixed case stay."""
    if title.isupper():
        return " ".join(word if len(word) <= 3 else word.capitalize() for word in title.split())
    return " ".join(word.capitalize() if _wants_capital(word) else word for word in title.split())


def _wants_capital(word: str) -> bool:
    return word not in {"of", "and", "for"} if word.islower() else word.isupper() and len(word) > 5

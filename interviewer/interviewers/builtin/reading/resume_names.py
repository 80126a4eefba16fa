"""What a resume calls things: job titles, projects and entries of a list of skills, each a short noun phrase."""

import re

from interviewer.interviewers.builtin.reading.resume_sections import CONTACT, GAP, without_dates
from interviewer.interviewers.builtin.reading.wording import any_of

MAX_NAME_CHARS = 80
MAX_TITLE_WORDS = 8
MAX_SKILL_WORDS = 4
MAX_SKILL_CHARS = 40
MAX_PROJECT_WORDS = 14
ROLE = re.compile(
    rf"\b(?:(?:{any_of('job_noun')}s?)|freelancer|(?:co-?)?founder|executive|volunteer|chair(?:man|woman)?|captain)"
    r"\b(?:\s+(?:I{1,3}|IV|V|[1-5])\b)?",
    re.I,
)
PARTS = re.compile(r"\s*[,|;:•]\s*|\s+[–—-]\s+|\s+·\s+|\s+(?:at|with|for|in|to|who)\s+")
OF_WHAT = re.compile(r" of (?:the )?[A-Z][\w&-]*(?: (?:and|&|[A-Z][\w&-]*)){0,3}")
SURNAMES = re.compile(r"(?:cook|baker|carpenter|judge|guard|gardener|farmer|driver|fellow|master|painter|head)", re.I)
IN_SENTENCE = re.compile(r"\b(?:I(?= [a-z])|you|we|my|our|your|is|are|was|were|the|who|that|which|has|have)\b")
SENTENCE_END = re.compile(r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)\.$")
NO_TITLE = re.compile(r"student|intern|lead|head|master|fellow|expert|professional|partner|volunteer", re.I)
GLUED_LINK = re.compile(r"(?<=[a-z])Git[Hh]ub$")
MADE_WITH = re.compile(r"\s+(?:with|using|for|based on)\s+")
LONG_NAME_CHARS = 60
BRACKETS = re.compile(r"\s{0,2}[(\[][^()\[\]]*[)\]]?")
LIST_ENTRY = re.compile(r"\s*[,;•·|\n]\s*|\s{2,}|\s+[–—-]\s+")
SOFT = re.compile(
    r"\b(?:communicat\w+|collaborat\w+|team ?work\w*|team player|adaptab\w+|reliab\w+|problem[- ]solv\w+"
    r"|time management|empath\w+|patience|detail\w*|listening|interpersonal|persuasion|organi[sz](?:ed|ation(?:al)?)"
    r"|self[- ]\w+|motivat\w+|leadership|creativ(?:e|ity)$|critical thinking|flexib\w+|punctual\w*|work ethic"
    r"|multi-?tasking|soft skills?|relationships?|native|fluent|conversational|proficien\w+|intermediate|basic|advanced"
    r"|beginner|etc)\b",
    re.I,
)
HUMAN_LANGUAGES = re.compile(
    r"(?:english|german|french|spanish|portuguese|italian|dutch|norwegian|swedish|danish|finnish|polish|russian|arabic"
    r"|hebrew|turkish|hindi|urdu|bengali|tamil|mandarin|cantonese|chinese|japanese|korean|tagalog|filipino|vietnamese"
    r"|thai|indonesian|greek|czech|romanian|hungarian|ukrainian|persian|farsi|swahili)",
    re.I,
)
EMPTY_ENTRY = re.compile(
    r"(?:and|or|other|others|various|more|tools|software|skills|frameworks|libraries|languages|databases|present"
    r"|web|mobile|e-?mail|print|online|digital|word|powerpoint|outlook|core|general|awards?|certifications?|products?|suite|platforms?|methods?|experience)",
    re.I,
)
WORD = re.compile(r"\S*\w\S*")
LETTERS = re.compile(r"[^\W\d_]")
CONNECTORS = frozenset({"and", "of", "for", "in", "the", "a", "to", "&", "with", "on", "based"})


def is_name(text: str, most_words: int) -> bool:
    """Whether a text is a short name: begins like one, ends no sentence, holds no contact data or control character."""
    return (
        0 < len(text) <= MAX_NAME_CHARS
        and text.isprintable()
        and len(WORD.findall(text)) <= most_words
        and (text[0].isalnum() or text[0] in ".@#")
        and len(LETTERS.findall(text)) * 2 >= len(text.replace(" ", ""))
        and not CONTACT.search(text)
        and not re.search(r"[<>{}\\=@?!]|\.$", text)
    )


def job_title(cell: str) -> str | None:
    """The job title in a part of a header line: "Systems Engineer II" of "Systems Engineer II - Ridgeway Robotics"."""
    bare = BRACKETS.sub("", without_dates(cell))
    if IN_SENTENCE.search(bare) or SENTENCE_END.search(bare) or len(bare) > 2 * MAX_NAME_CHARS:
        return None
    for part in PARTS.split(bare):
        matches = list(ROLE.finditer(part))
        if not matches or not part[0].isupper():
            continue
        end = matches[-1].end()
        of_what = OF_WHAT.match(part, end)
        title = part[: of_what.end() if of_what else end].strip(" -/&+")
        small = [word for word in title.split() if word.islower() and word not in CONNECTORS]
        if not small and is_name(title, MAX_TITLE_WORDS) and not NO_TITLE.fullmatch(title):
            return plain_case(title)
    return None


def is_person(line: str) -> bool:
    """Whether a first line is rather somebody's name, such as "James Baker"."""
    words = line.split()
    return 2 <= len(words) <= 3 and bool(SURNAMES.fullmatch(words[-1]))


def project_name(line: str) -> str | None:
    """The project that a header line names, without links, dates and what it was made with."""
    bare = GAP.split(CONTACT.sub("  ", BRACKETS.sub("", line)).strip())[0]
    name = GLUED_LINK.sub("", without_dates(bare)).strip(" :,;–—-•")
    if len(name) > LONG_NAME_CHARS:
        name = MADE_WITH.split(name)[0]
    if not name or not (name[0].isupper() or name[0].isdigit()) or IN_SENTENCE.search(name):
        return None
    return plain_case(name) if is_name(name, MAX_PROJECT_WORDS) and len(name) >= 4 else None


def list_entries(text: str) -> list[str]:
    """The entries of a list of skills that read as one: no soft skills, no languages people speak, no sentences."""
    if text.rstrip().endswith(".") and IN_SENTENCE.search(text):
        return []
    entries = (entry.strip(" .:*–—-•") for entry in LIST_ENTRY.split(BRACKETS.sub("", text)))
    return [entry for entry in entries if _is_skill(entry)]


def _is_skill(entry: str) -> bool:
    return (
        2 <= len(entry) <= MAX_SKILL_CHARS
        and is_name(entry, MAX_SKILL_WORDS)
        and not SOFT.search(entry)
        and not HUMAN_LANGUAGES.fullmatch(entry)
        and not EMPTY_ENTRY.fullmatch(entry)
        and not IN_SENTENCE.search(entry)
        and entry.split()[0].casefold() not in CONNECTORS
        and entry.split()[-1].casefold() not in CONNECTORS
    )


def plain_case(name: str) -> str:
    """ "GRAPHIC DESIGNER" as "Graphic Designer"; anything else stays as written."""
    if not name.isupper() or len(name.split()) < 2:
        return name
    return " ".join(word if len(word) <= 3 else word.capitalize() for word in name.split())

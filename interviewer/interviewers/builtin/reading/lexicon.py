"""Which words of a posting name a skill: the aliases of the question bank, and `skills.json` for all the rest.

`skills.json` is a list of {"name", "kind", "aliases", "case_sensitive_aliases"}. kind is `tool` (a thing one works
with), `method` (a thing one does), `field` (neither) or `office` (common tools that say little about a job). An entry
named like a bank topic adds its aliases to that topic; an entry whose name the bank already claims is left out.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from interviewer.interviewers.builtin.bank import QuestionBank

SKILLS_FILE = Path(__file__).with_name("skills.json")
TOKEN = re.compile(r"[^\W_]+(?:\+\+|#)?")
SEPARATOR = re.compile(r"\s*([/&,.])\s*|[\s\-‐‑–]+")
NEIGHBOURS = 6
NEIGHBOUR_CHARS = 60  # "C" or "R" counts only with another skill this near
LANGUAGE_CUE = re.compile(r"\W{1,2}(?:programming|language|code|coding|developer|scripts?)\b", re.I)
NOT_A_LANGUAGE = re.compile(
    r"(?:class|vitamin|series|schedule|section|type|grade|level|hepatitis|plan|part|title)\s+$", re.I
)
NAME_CONTEXT = re.compile(
    r"\s*(?:$|[,;/&)(+.:]|and\b|or\b|experience|skills?|knowledge|developer|engineer|is\b|required)"
)

SkillKind = Literal["tool", "method", "field", "office"]


@dataclass(frozen=True)
class Skill:
    """A skill under the name shown to people. `bank` is the stem of its bank file, or None."""

    name: str
    kind: SkillKind
    bank: str | None = None


@dataclass(frozen=True)
class Mention:
    """Where a text names a skill: half-open character positions, and the words as written."""

    skill: Skill
    start: int
    end: int
    written: str


@dataclass(frozen=True)
class _Alias:
    skill: Skill
    tokens: tuple[str, ...]
    prefix: str
    canonical: str
    exact_case: bool

    @property
    def needs_neighbour(self) -> bool:
        return self.exact_case and (len(self.canonical) == 1 or self.canonical == "Go")


class Lexicon:
    """Finds skills in text. Word boundaries hold: "C" is neither in "C++" nor in "Cobol"."""

    def __init__(self, bank: QuestionBank, skills_file: Path = SKILLS_FILE) -> None:
        self._by_first: dict[str, list[_Alias]] = {}
        self.written_names: set[str] = set()
        topics: dict[str, Skill] = {}
        claimed: set[str] = set()
        for stem, file in bank.files.items():
            if file.aliases or file.case_sensitive_aliases:
                topics[file.topic.casefold()] = Skill(file.topic, "method", stem)
                self._add(topics[file.topic.casefold()], file.aliases, file.case_sensitive_aliases)
                claimed |= {alias.casefold() for alias in (*file.aliases, *file.case_sensitive_aliases)}
        for entry in json.loads(skills_file.read_text(encoding="utf-8")):
            name = entry["name"].casefold()
            if name in topics or name not in claimed:
                aliases, exact = (
                    [alias for alias in entry[field] if alias.casefold() not in claimed]
                    for field in ("aliases", "case_sensitive_aliases")
                )
                self._add(topics.get(name) or Skill(entry["name"], entry["kind"]), aliases, exact)
        for known in self._by_first.values():
            known.sort(key=lambda alias: -len(alias.tokens))

    def _add(self, skill: Skill, aliases: Iterable[str], case_sensitive: Iterable[str]) -> None:
        """The name itself is an alias, unless it stands among those that need their exact case."""
        exact = {alias.casefold(): alias for alias in case_sensitive}
        plain = [alias for alias in dict.fromkeys((skill.name, *aliases)) if alias.casefold() not in exact]
        for alias in (*plain, *case_sensitive):
            first = TOKEN.search(alias)
            if first is None:
                continue
            tokens = tuple(token.casefold() for token in TOKEN.findall(alias))
            spelling = alias if alias.casefold() in exact else _canonical(alias)
            entry = _Alias(skill, tokens, alias[: first.start()], spelling, alias.casefold() in exact)
            self._by_first.setdefault(tokens[0], []).append(entry)
            self.written_names.add(alias)

    def find(self, text: str) -> list[Mention]:
        """All skills named in `text`, in order, the longest alias where several begin at one word."""
        tokens = [(match.group().casefold(), match.start(), match.end()) for match in TOKEN.finditer(text)]
        found: list[tuple[_Alias, Mention]] = []
        position = 0
        while position < len(tokens):
            first = tokens[position][0]
            known = self._by_first.get(first) or (self._singular(first) if first.endswith("s") else ())
            hits = list(_hits(text, tokens, position, known)) if known else []
            if hits:
                found += hits
                position += len(hits[0][0].tokens)
            else:
                position += 1
        return [
            mention
            for i, (alias, mention) in enumerate(found)
            if not alias.needs_neighbour
            or _has_company(text, mention, found[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1])
        ]

    def _singular(self, token: str) -> list[_Alias]:
        aliases = self._by_first.get(token[:-1], []) if len(token) > 4 else []
        return [alias for alias in aliases if len(alias.tokens) == 1]


def _hits(
    text: str, tokens: list[tuple[str, int, int]], position: int, known: Iterable[_Alias]
) -> Iterator[tuple[_Alias, Mention]]:
    """The aliases of `known` (longest first) that stand at a token: the longest, and others as long of other skills."""
    length, seen = 0, set[Skill]()
    for alias in known:
        size = len(alias.tokens)
        if size < length:
            return
        span = tokens[position : position + size]
        if alias.skill in seen or not _same_tokens([token for token, _, _ in span], alias.tokens):
            continue
        start, end = span[0][1], span[-1][2]
        if _written_so(text, start, end, alias):
            length = size
            seen.add(alias.skill)
            yield alias, Mention(alias.skill, start, end, text[start:end])


def _canonical(text: str) -> str:
    return SEPARATOR.sub(lambda match: match.group(1) or " ", text.casefold()).strip()


def _same_tokens(written: list[str], alias: tuple[str, ...]) -> bool:
    if len(written) != len(alias) or written[:-1] != list(alias[:-1]):
        return False
    last = alias[-1]
    return written[-1] == last or (len(last) >= 3 and written[-1] == last + "s")


def _written_so(text: str, start: int, end: int, alias: _Alias) -> bool:
    written, after = text[start:end], text[end : end + 24]
    if alias.prefix and text[max(0, start - len(alias.prefix)) : start] != alias.prefix:
        return False
    if alias.exact_case:
        return written in (alias.canonical, alias.canonical + "s") and not _ordinary_word(text, start, after, alias)
    canonical = _canonical(written)
    return alias.prefix + canonical in (alias.canonical, alias.canonical + "s")


def _ordinary_word(text: str, start: int, after: str, alias: _Alias) -> bool:
    """Whether it merely begins a sentence ("Swift response"), or is the verb of "Excel at"."""
    if alias.canonical.isupper():
        return False
    if alias.canonical == "Excel" and re.match(r"\s+(?:at|in)\b", after):
        return True
    begins = not text[:start].strip() or text[:start].rstrip()[-1:] in ".!?:•*·"
    return begins and bool(re.match(r"\s+[a-z]", after)) and not NAME_CONTEXT.match(after)


def _has_company(text: str, mention: Mention, near: list[tuple[_Alias, Mention]]) -> bool:
    before, after = text[: mention.start][-1:], text[mention.end : mention.end + 2]
    if before in {"-", "'", "’", "&", "."} or re.match(r"[-'’&]|\.\w", after):
        return False
    if NOT_A_LANGUAGE.search(text[max(0, mention.start - 12) : mention.start]):
        return False
    if LANGUAGE_CUE.match(text, mention.end):
        return True
    return any(
        other is not mention
        and not alias.needs_neighbour
        and alias.skill.kind != "office"
        and min(abs(other.start - mention.end), abs(mention.start - other.end)) < NEIGHBOUR_CHARS
        for alias, other in near
    )

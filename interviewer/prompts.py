"""What the LLM is told: the files of prompts/, rendered with Jinja2.

A file has two parts, parted by a line `---`: the instructions, which are the same for every interview so that servers
can cache them, and the data. Every value that is printed is encoded as JSON, so that a candidate's text can neither
close its own quotes nor look like a tag. Files are checked at start and read again when they change.
"""

import hashlib
import json
import logging
import re
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from interviewer.errors import ConfigurationError

logger = logging.getLogger(__name__)

PROMPTS_DIR = Path(__file__).parent.parent / "prompts"

VARIABLES: dict[str, frozenset[str]] = {
    "opening": frozenset(
        {"job_description", "candidate_experience_years", "difficulty", "total_questions", "turns", "as_text"}
    ),
    "question": frozenset(
        {
            *("job_description", "candidate_experience_years", "difficulty", "total_questions", "topics"),
            *("question_number", "asked", "as_text"),
        }
    ),
    "follow_up": frozenset(),
    "technical": frozenset(
        {
            *("topics", "difficulty", "job_description", "candidate_experience_years", "total_questions"),
            *("question_number", "asked", "as_text"),
        }
    ),
    "resume_opening": frozenset(
        {
            *("resume_text", "job_description", "candidate_experience_years", "difficulty", "total_questions"),
            "as_text",
        }
    ),
    "resume": frozenset(
        {
            *("resume_text", "job_description", "candidate_experience_years", "difficulty", "total_questions"),
            *("topics", "question_number", "asked", "last_answer", "as_text"),
        }
    ),
    "evaluation": frozenset(
        {
            *("question", "topic", "difficulty", "kind", "key_points", "answer", "code_submission", "code_language"),
            "as_text",
        }
    ),
    "report": frozenset({"job_description", "answers", "as_text"}),
    "hint": frozenset({"question", "kind", "key_points", "hints_given", "answer_so_far", "as_text"}),
    "resume_topics": frozenset({"resume_text", "as_text"}),
}
"""The variables that each file may use. `as_text` is true where the server knows no way to ask for JSON."""

NEEDED: dict[str, frozenset[str]] = {
    "opening": frozenset({"job_description"}),
    "question": frozenset({"job_description", "asked"}),
    "follow_up": frozenset(),
    "technical": frozenset({"topics", "difficulty", "asked"}),
    "resume_opening": frozenset({"resume_text"}),
    "resume": frozenset({"resume_text", "last_answer"}),
    "evaluation": frozenset({"question", "key_points", "answer", "code_submission"}),
    "report": frozenset({"answers"}),
    "hint": frozenset({"question"}),
    "resume_topics": frozenset({"resume_text"}),
}
"""What the data part of each file must show: without it the model would answer about nothing."""

SAMPLES: dict[str, object] = {
    "key_points": [{"number": 1, "text": "text", "weight": 1.0}],
    "asked": [{"question": "text", "topic": "text", "kind": "text", "answer": "text", "code": None}],
    "answers": [{"number": 1, "question": "text", "topic": "text", "answer": "text", "score": None}],
    "topics": ["text"],
    "hints_given": ["text"],
    "question_number": 2,
    "total_questions": 5,
    "turns": 4,
    "candidate_experience_years": 3,
}
"""Values of the right shape, to try a file with; a variable that is not here is text."""

PARTING = re.compile(r"^---[ \t]*$", re.M)
UNSAFE = re.compile(r"[^ -%'-;=?-~]")
"""All but printable ASCII without <, > and &: what has to be looked at one by one."""

HIDDEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
VERSION_CHARACTERS = 12
GONE = (0, 0)  # the stamp of a file that cannot be read


@dataclass(frozen=True)
class Prompt:
    """A prompt ready to be sent. `version` is a short hash of the file it was rendered from."""

    instructions: str
    data: str
    version: str


@dataclass(frozen=True)
class _Loaded:
    """A file as it was read: `stamp` tells whether it has changed since."""

    stamp: tuple[int, int]
    instructions: Template
    data: Template
    version: str


def as_json(value: object) -> str:
    """A value as JSON that holds no <, > or &, and no character that a reader would not see."""
    return UNSAFE.sub(lambda found: _visible(found[0]), json.dumps(value, ensure_ascii=False))


class PromptLibrary:
    """The prompts of a folder. Safe for many threads.

    Raises ConfigurationError, with file and line, when a file is missing, is no template, or uses a variable that
    nobody gives it.
    """

    def __init__(self, folder: Path = PROMPTS_DIR) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._environment = ImmutableSandboxedEnvironment(
            finalize=as_json,
            undefined=StrictUndefined,
            autoescape=False,  # every value is encoded as JSON by finalize; this is no HTML
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._refused: dict[str, tuple[int, int]] = {}
        self._loaded = {name: self._load(name, self._stamp(name)) for name in VARIABLES}

    def render(self, name: str, values: Mapping[str, object], also: tuple[str, ...] = ()) -> Prompt:
        """The prompt of this name with these variables. `also` names files whose instructions follow its own."""
        loaded = self._current(name)
        instructions = [loaded.instructions.render(_chosen(values, name))]
        instructions += [self._current(other).instructions.render(_chosen(values, other)) for other in also]
        return Prompt(
            instructions="\n\n".join(text.strip() for text in instructions),
            data=loaded.data.render(_chosen(values, name)).strip(),
            version=loaded.version,
        )

    def _current(self, name: str) -> _Loaded:
        """The file as it is now; while an edit has a fault, as it was before."""
        with self._lock:
            stamp = GONE
            try:
                stamp = self._stamp(name)
                if stamp not in (self._loaded[name].stamp, self._refused.get(name)):
                    self._loaded[name] = self._load(name, stamp)
                    logger.info("prompts/%s.md was read again, version %s", name, self._loaded[name].version)
            except ConfigurationError as error:
                if self._refused.get(name) != stamp:
                    logger.error("%s The version before it is used.", error)
                self._refused[name] = stamp
            return self._loaded[name]

    def _stamp(self, name: str) -> tuple[int, int]:
        try:
            found = self._path(name).stat()
        except OSError as error:
            raise ConfigurationError(f"prompts/{name}.md cannot be read: {error.strerror}.") from error
        return found.st_mtime_ns, found.st_size

    def _load(self, name: str, stamp: tuple[int, int]) -> _Loaded:
        try:
            content = self._path(name).read_bytes()
            text = content.decode()
        except OSError as error:
            raise ConfigurationError(f"prompts/{name}.md cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(f"prompts/{name}.md is not UTF-8.") from error
        self._check(name, text)
        instructions, data = _parts(text)
        loaded = _Loaded(
            stamp=stamp,
            instructions=self._environment.from_string(instructions),
            data=self._environment.from_string(data),
            version=hashlib.sha256(content).hexdigest()[:VERSION_CHARACTERS],
        )
        self._try(name, loaded)
        return loaded

    def _check(self, name: str, text: str) -> None:
        lines_before = 0
        for part in PARTING.split(text, maxsplit=1):
            try:
                self._environment.from_string(part)  # also finds unknown filters, which parsing alone does not
            except TemplateSyntaxError as error:
                line = lines_before + error.lineno
                raise ConfigurationError(f"prompts/{name}.md, line {line}: {error.message}.") from error
            lines_before += part.count("\n")
        tree = self._environment.parse(text)
        unknown = meta.find_undeclared_variables(tree) - VARIABLES[name]
        for node in sorted(tree.find_all(nodes.Name), key=lambda found: found.lineno):
            if node.name in unknown:
                known = ", ".join(sorted(VARIABLES[name])) or "none"
                raise ConfigurationError(
                    f"prompts/{name}.md, line {node.lineno}: there is no variable {node.name!r}. Known: {known}."
                )
        self._check_places(name, *_parts(text))

    def _check_places(self, name: str, instructions: str, data: str) -> None:
        """Data belong below the line: above it, a candidate's text would stand among the instructions."""
        above = meta.find_undeclared_variables(self._environment.parse(instructions)) - {"as_text"}
        if above:
            raise ConfigurationError(
                f"prompts/{name}.md: {', '.join(sorted(above))} may stand below the line --- only."
            )
        missing = NEEDED[name] - meta.find_undeclared_variables(self._environment.parse(data))
        if missing:
            raise ConfigurationError(f"prompts/{name}.md does not show {', '.join(sorted(missing))} below a line ---.")

    def _try(self, name: str, loaded: _Loaded) -> None:
        """Render with values of the right shape: what parses may still fail."""
        for as_text in (False, True):
            values = {key: SAMPLES.get(key, "text") for key in VARIABLES[name]} | {"as_text": as_text}
            try:
                loaded.instructions.render(values)
                loaded.data.render(values)
            except Exception as error:  # a template can raise whatever its expressions do
                raise ConfigurationError(f"prompts/{name}.md cannot be rendered: {error}.") from error

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.md"


def _parts(text: str) -> tuple[str, str]:
    """(instructions, data): what stands above and below the line."""
    above, _, below = text.partition(found.group()) if (found := PARTING.search(text)) else (text, "", "")
    return above, below


def _chosen(values: Mapping[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in values.items() if key in VARIABLES[name]}


def _visible(character: str) -> str:
    if character not in "<>&" and unicodedata.category(character) not in HIDDEN:
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place] << 8 | units[place + 1]:04x}" for place in range(0, len(units), 2))

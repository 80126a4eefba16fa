"""Answers that try to steer the scorer, good answers joined with such, and honest answers that look a little like it.

The JSON files beside this one hold them; none of the attacks says anything about its question. Invisible characters
are escaped there, so that a reader sees them.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple


class Joined(NamedTuple):
    """An answer of a genuine part (or two, around an attack) and an attack."""

    text: str
    good: tuple[str, ...]


def _read(name: str) -> Any:
    return json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))


def _joined(name: str) -> dict[str, Joined]:
    return {kind: Joined(one["text"], tuple(one["good"])) for kind, one in _read(name).items()}


ATTACKS: dict[str, list[str]] = _read("attacks")
"""Kind -> four answers that are nothing but an attack; ten kinds."""

MORE_ATTACKS: dict[str, list[str]] = _read("more_attacks")
"""Kind -> variations of the kinds that are hardest to tell from honest talk."""

INVISIBLE = ATTACKS["invisible"]

JOINED = _joined("joined")
"""Kind -> a genuine answer joined with an attack; ten kinds."""

MORE_JOINED = _joined("more_joined")

HONEST: list[str] = _read("honest")
"""40 answers of people who work with prompts, scores, exams, feedback and languages."""

MORE_HONEST: list[str] = _read("more_honest")

NEAR_MISSES: list[str] = _read("near_misses")
"""Honest passages made of the words that attacks are made of."""

TRAINING: dict[str, Any] = _read("training")
"""More texts that the likeness to talk to the scorer is fitted on (`benchmarks/steering_fit.py`): "attacks" by kind,
"honest" answers, "good_parts" of joined answers, and "short_talk": honest short answers that speak to the interviewer.
"""

OTHER_LANGUAGES: dict[str, str] = _read("other_languages")
"""Language -> an honest answer in it."""

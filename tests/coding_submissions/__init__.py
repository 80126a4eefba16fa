"""Submissions to coding questions, written before the scorer, one file a question: see `all_submissions`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Written:
    """One submission. `kind` is what it is an example of ("right", "slow", "wrong edge case", ...)."""

    item_id: str
    kind: str
    name: str
    answer: str
    code: str
    language: str | None


def all_submissions() -> list[Written]:
    """Every submission of the folder, by question."""
    return [_written(path.stem, raw) for path in sorted(Path(__file__).parent.glob("*.toml")) for raw in _read(path)]


def _read(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["submission"]
    return found


def _written(item_id: str, raw: dict[str, Any]) -> Written:
    return Written(item_id, raw["kind"], raw["name"], raw["answer"], raw["code"], raw.get("language"))

"""What tells whether an interview's rows are still those that were exported. Pure."""

import hashlib

import orjson

from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.rows import ANSWERS, INTERVIEWS

FORM = 1
"""Raise it when the same record makes other cells than before: then every row is written again, in place."""


def digest(record: JsonRecord) -> str:
    """A hash of what a record has for its rows: it changes when a cell does, or a column comes or goes.

    It is taken of the fields and not of the cells, whose making costs ten times as much: a server that starts asks for
    that of every interview.
    """
    items = record.get("questions_and_answers")
    parts = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    fields = (
        [FORM, *INTERVIEWS.columns, *ANSWERS.columns],
        [record.get(name) for name in INTERVIEWS.columns],
        [[part.get(name) for name in ANSWERS.columns] for part in parts],
    )
    return hashlib.blake2b(orjson.dumps(fields), digest_size=16).hexdigest()

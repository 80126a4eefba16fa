"""What tells whether an interview's rows are still those that were exported. Pure."""

import hashlib

import orjson

from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.rows import answer_rows, interview_row


def digest(record: JsonRecord) -> str:
    """A hash of all the rows of a record: it changes when a cell does, or a column comes or goes."""
    rows = [interview_row(record), *answer_rows(record)]
    return hashlib.blake2b(orjson.dumps(rows), digest_size=16).hexdigest()

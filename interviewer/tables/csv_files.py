"""The two tables as two CSV files, with the rules of the audit views: UTF-8 with a mark, no formulas, text whole."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

from interviewer.audit.csv_text import csv_lines
from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.rows import ANSWERS, INTERVIEWS, TABLES, answer_rows, interview_row


def csv_paths(path: Path) -> dict[str, Path]:
    """Where the tables go, by title: FILE.csv becomes FILE-interviews.csv and FILE-answers.csv."""
    return {table.title: path.with_name(f"{path.stem}-{table.title.lower()}{path.suffix}") for table in TABLES}


def write_csv(paths: dict[str, Path], records: Iterable[JsonRecord]) -> None:
    """Write the interviews into new files, one at a time. Raises OSError."""
    with contextlib.ExitStack() as opened:
        files = {
            table.title: opened.enter_context(paths[table.title].open("w", encoding="utf-8", newline=""))
            for table in TABLES
        }
        for table in TABLES:
            files[table.title].writelines(csv_lines(table.columns, []))
        for record in records:
            files[INTERVIEWS.title].writelines(_lines(INTERVIEWS.columns, [interview_row(record)]))
            files[ANSWERS.title].writelines(_lines(ANSWERS.columns, answer_rows(record)))


def _lines(columns: tuple[str, ...], rows: Iterable[JsonRecord]) -> Iterable[str]:
    lines = csv_lines(columns, rows)
    next(lines)  # the header
    return lines

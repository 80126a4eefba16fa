"""The PDF of a report, set by Typst. Loading Typst and the fonts belongs in a process of its own: see `making`."""

import functools
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import fontpkg_cairo
import manimgx_fonts
import manimgx_fonts_cjk
import typst

from interviewer.pdf.content import report_content

TEMPLATE = Path(__file__).parent / "template"
FONT_PACKAGES = (manimgx_fonts, manimgx_fonts_cjk, fontpkg_cairo)
LAST = ("Noto Emoji", "Noto Sans Symbols")  # asked for a character when no font of a script has it


def report_pdf(report: dict[str, Any]) -> bytes:
    """The PDF of a finished interview's record (design 6.3). Pure: the same record gives the same bytes.

    A4, tagged, with bookmarks; of each font what the texts need is embedded.
    """
    content = report_content(report)
    inputs = {"report": json.dumps(content), "fonts": json.dumps(_families(content["cjk"]))}
    ended = datetime.fromisoformat(report["ended_at"]).replace(microsecond=0)
    pages = _compiler().compile(TEMPLATE / "report.typ", format="pdf", sys_inputs=inputs, timestamp=ended)
    if not isinstance(pages, bytes):
        raise TypeError("Typst gave no single file")
    return pages


@functools.cache
def _fonts() -> typst.Fonts:
    """The fonts of the installed packages, and those that Typst brings; none of the machine's."""
    folders = [str(Path(package.__file__).parent) for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@functools.cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=TEMPLATE, font_paths=_fonts(), ignore_system_fonts=True)


def _families(cjk: str) -> list[str]:
    """The names of all fonts for the scripts, in the order they are asked for a character; `cjk` is JP, KR or SC."""
    scripts = [name for name in _fonts().families() if name.startswith("Noto Sans ") and name not in LAST]
    return [f"Noto Sans CJK {cjk}", *scripts, *LAST]

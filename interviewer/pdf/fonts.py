"""Fonts that can print any name, embedded as far as a text needs them; all of them come out of installed packages."""

import functools
import logging
import string
from pathlib import Path

import cvttf_NotoSansCJK_Regular
import manimgx_fonts
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fpdf import FPDF

NOTO = Path(manimgx_fonts.__file__).parent
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it would log which letters a name has

CJK = Path(cvttf_NotoSansCJK_Regular.__file__).parent / "NotoSansCJKtc-Regular.otf"
MAIN = "NotoSans"
MAIN_FILE = NOTO / "NotoSans[wght].ttf"
BOLD = {"wght": 700.0}
SIGNS = "·•…–—“”‘’"  # what the pages write themselves


def choose_fonts(pdf: FPDF, text: str, folder: Path) -> None:
    """Give `pdf` the main font and the fewest others that this text's characters need.

    `folder` takes a file that must be there until the PDF is made.
    """
    pdf.add_font(MAIN, "", MAIN_FILE)
    pdf.add_font(MAIN, "B", _bold(text, folder))
    missing = {ord(character) for character in text if not character.isspace()} - _characters(MAIN_FILE)
    others = []
    for path in _others():
        if not missing:
            break
        covered = missing & _characters(path)
        if covered:
            pdf.add_font(path.stem, "", path)
            others.append(path.stem)
            missing -= covered
    pdf.set_fallback_fonts(others, exact_match=False)
    pdf.set_text_shaping(use_shaping_engine=True)


def _bold(text: str, folder: Path) -> Path:
    """A bold cut of the main font with this text's characters. Of all its characters it would take seconds."""
    with TTFont(MAIN_FILE) as font:
        options = Options()
        options.layout_features = ["*"]
        subsetter = Subsetter(options)
        subsetter.populate(text=text + string.printable + SIGNS)
        subsetter.subset(font)
        path = folder / "bold.ttf"
        instantiateVariableFont(font, BOLD).save(path)
    return path


def _others() -> list[Path]:
    """In the order they are asked: one script each, then CJK, and emoji and signs last."""
    last = {"NotoEmoji[wght].ttf", "NotoSansSymbols[wght].ttf"}
    scripts = [
        path
        for path in sorted(NOTO.glob("NotoSans*.ttf"))
        if path != MAIN_FILE and "Italic" not in path.name and path.name not in last
    ]
    return [*scripts, CJK, *(NOTO / name for name in sorted(last))]


@functools.cache
def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())

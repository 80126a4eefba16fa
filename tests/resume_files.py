"""Makes the files that the tests upload: resumes as PDF and DOCX, and files made to be refused or to do harm."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import docx
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from PIL import Image

LINES = (
    "Ada Lovelace",
    "ada@example.com | +44 20 7946 0018 | github.com/ada",
    "",
    "Experience",
    "Senior Backend Engineer - Northbank Payments, London    Mar 2021 - Present",
    "• Moved the billing service to Kafka and cut the failed payments by a third.",
    "• Wrote the PostgreSQL migrations for 40 million rows without downtime.",
    "",
    "Projects",
    "Timetable Planner    github.com/ada/planner",
    "• A scheduler in Python that plans the lessons of a school with 900 pupils.",
    "",
    "Skills",
    "Python, PostgreSQL, Kafka, Docker, Figma",
)
RESUME = "\n".join(LINES)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(pages: Sequence[Sequence[str]] = (LINES,), password: str = "") -> bytes:
    """A PDF with these lines on its pages; with a password it cannot be opened without one."""
    document = FPDF()
    document.set_font("helvetica", size=10)
    if password:
        document.set_encryption(
            owner_password=password + "!",
            user_password=password,
            encryption_method=EncryptionMethod.RC4,
            permissions=AccessPermission.none(),
        )
    for lines in pages:
        document.add_page()
        for line in lines:
            document.cell(text=line.replace("•", "-") or " ", new_x="LMARGIN", new_y="NEXT", h=5)
    return bytes(document.output())


def two_column_pdf(left: Sequence[str], right: Sequence[str]) -> bytes:
    """A PDF of one page with two columns."""
    document = FPDF()
    document.set_font("helvetica", size=9)
    document.add_page()
    for x, lines in ((10, left), (110, right)):
        for row, line in enumerate(lines):
            document.text(x, 20 + 5 * row, line)
    return bytes(document.output())


def tight_pdf(words: Sequence[str]) -> bytes:
    """A PDF whose words are set apart by their positions alone: it has no space characters."""
    document = FPDF()
    document.set_font("helvetica", size=10)
    document.add_page()
    x = 10.0
    for word in words:
        document.text(x, 20, word)
        x += document.get_string_width(word) + document.get_string_width(" ")
    return bytes(document.output())


def scanned_pdf(pages: int = 1, stamp: str = "") -> bytes:
    """A PDF of pictures, perhaps with a scanner's stamp as its only text."""
    document = FPDF()
    document.set_font("helvetica", size=8)
    for _ in range(pages):
        document.add_page()
        document.image(Image.new("RGB", (60, 80), (200, 210, 220)), x=10, y=10, w=180)
        if stamp:
            document.text(10, 290, stamp)
    return bytes(document.output())


def blank_pdf() -> bytes:
    """A PDF with a page and nothing on it."""
    document = FPDF()
    document.add_page()
    return bytes(document.output())


def swelling_pdf(unpacked: int = 2 << 30) -> bytes:
    """A small PDF whose page unpacks to `unpacked` bytes of drawing orders."""
    chunk = b"BT /F1 9 Tf (a) Tj ET " * 50_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)  # can be repeated as it is
    packed = b"\x78\xda" + block * (unpacked // len(chunk)) + zlib.compressobj(9, zlib.DEFLATED, -15).flush() + bytes(4)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, said) for number, said in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>"


def word() -> bytes:
    """A DOCX with headings, a list, a table of two columns and a link out."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ada Lovelace"
    document.add_heading("Experience", 1)
    document.add_paragraph("Senior Backend Engineer\tMar 2021 - Present")
    document.add_paragraph("Moved the billing service to Kafka.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Languages", "Python, SQL"), ("Tools", "Docker, Figma")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("After the table")
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    """The bytes of a python-docx document."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_body(xml: str) -> bytes:
    """A DOCX whose body is this XML (prefix w)."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    document = f'<w:document xmlns:w="{space}" xmlns:mc="{mc}"><w:body>{xml}</w:body></w:document>'
    return changed(word(), {"word/document.xml": document.encode()})


def changed(data: bytes, members: dict[str, bytes]) -> bytes:
    """A zip with some of its members added or replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return target.getvalue()


def linked_to(url: str) -> bytes:
    """A DOCX that names `url` as its template, as a picture and as a link: an editor would fetch the first two."""
    with zipfile.ZipFile(io.BytesIO(word())) as old:
        rels = old.read("word/_rels/document.xml.rels").decode()
    out = "".join(
        f'<Relationship Id="out{i}" Type="{REL}/{kind}" Target="{url}/{kind}" TargetMode="External"/>'
        for i, kind in enumerate(("attachedTemplate", "image", "hyperlink"))
    )
    return changed(
        word(), {"word/_rels/document.xml.rels": rels.replace("</Relationships>", out + "</Relationships>").encode()}
    )


def zip_of(**members: bytes) -> bytes:
    """A zip that is no DOCX."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def swelling_docx() -> bytes:
    """A small DOCX with a member of 200 MiB."""
    return changed(word(), {"word/media/image1.bmp": bytes(200 << 20)})


def png() -> bytes:
    """A picture."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8)).save(target, "PNG")
    return target.getvalue()


def old_office(*, encrypted: bool) -> bytes:
    """The beginning of an OLE container: an old .doc, or a new document behind a password."""
    stream = ("EncryptedPackage" if encrypted else "WordDocument").encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream + bytes(512)

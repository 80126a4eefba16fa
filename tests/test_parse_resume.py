"""A resume as PDF, DOCX or text becomes text and topics; what cannot be read says which and what to do."""

import io
import threading
from pathlib import Path
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from urllib3.filepost import encode_multipart_formdata
from werkzeug.test import TestResponse

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.reading.resume import MAX_TOPICS, Resume, read_resume
from tests import resume_files as made
from tests.conftest import StartServer
from tests.scripted_server import ScriptedServer
from tests.test_errors_api import assert_problem

MIB = 1024 * 1024
LEXICON = Lexicon(QuestionBank())


def upload(client: FlaskClient, data: bytes, name: str = "resume") -> TestResponse:
    body, content_type = encode_multipart_formdata({"file": (name, data)})  # werkzeug's would leave files open
    return client.post("/api/parse-resume", data=body, content_type=content_type)


def parsed(client: FlaskClient, data: bytes, name: str = "resume") -> dict[str, Any]:
    response = upload(client, data, name)
    assert response.status_code == 200, response.text
    reply: dict[str, Any] = response.get_json()
    return reply


def refused(client: FlaskClient, data: bytes, name: str = "resume") -> str:
    """The message of a 422 about the file."""
    problem = assert_problem(upload(client, data, name), 422)
    (error,) = problem["errors"]
    assert error["field"] == "file"
    message: str = error["message"]
    assert "paste the text" in message
    return message


def test_a_pdf_gives_its_text_topics_and_pages(client: FlaskClient) -> None:
    reply = parsed(client, made.pdf([made.LINES, ["References on request"]]))
    assert list(reply) == ["text", "topics", "pages"]
    assert reply["pages"] == 2
    assert "Moved the billing service to Kafka and cut the failed payments by a third." in reply["text"]
    assert reply["topics"][:2] == ["Senior Backend Engineer", "Timetable Planner"]
    assert {"Python", "Docker"} <= set(reply["topics"])
    assert not any("ada" in topic.casefold().split() or "@" in topic for topic in reply["topics"])


def test_a_docx_gives_header_lists_tables_and_text_in_their_order(client: FlaskClient) -> None:
    reply = parsed(client, made.word())
    assert reply["pages"] is None
    assert reply["text"].split("\n") == [
        "Ada Lovelace",
        "Experience",
        "Senior Backend Engineer  Mar 2021 - Present",
        "• Moved the billing service to Kafka.",
        "Languages  Python, SQL",
        "Tools  Docker, Figma",
        "After the table",
    ]


def test_text_boxes_content_controls_and_insertions_of_a_docx_are_read_once(client: FlaskClient) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    reply = parsed(
        client,
        made.with_body(
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            "<w:p><w:ins><w:r><w:t>Inserted</w:t></w:r></w:ins><w:del><w:r><w:delText>Gone</w:delText></w:r></w:del>"
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert reply["text"].split("\n") == ["In a control", "Inserted", "In a box"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Zoë – naïve\r\nPython".encode(), "Zoë – naïve\nPython"),
        ("\ufeffZoë".encode(), "Zoë"),
        ("Zoë 日本".encode("utf-16"), "Zoë 日本"),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "Zoë"),
        ("Zoë – “naïve”".encode("cp1252"), "Zoë – “naïve”"),
    ],
    ids="utf-8,utf-8-sig,utf-16,utf-16-be,cp1252".split(","),
)
def test_a_text_file_is_read_in_its_encoding(client: FlaskClient, data: bytes, text: str) -> None:
    assert parsed(client, data)["text"] == text


def test_content_decides_not_the_name(client: FlaskClient) -> None:
    assert parsed(client, made.RESUME.encode(), "resume.pdf")["pages"] is None
    assert parsed(client, made.pdf(), "resume.txt")["pages"] == 1
    assert "Ada Lovelace" in parsed(client, made.word(), "../../etc/passwd")["text"]
    assert "an image" in refused(client, made.png(), "resume.pdf")


def test_words_set_apart_by_their_place_alone_are_apart(client: FlaskClient) -> None:
    words = "Designed Terraform modules to manage infrastructure across dozens of accounts".split()
    assert parsed(client, made.tight_pdf(words))["text"].split() == words


def test_the_columns_of_a_page_do_not_run_into_each_other(client: FlaskClient) -> None:
    left = ["Skills", "Python and SQL", "Kafka"]
    right = ["Experience", "Engineer at Northbank", "Moved billing to Kafka"]
    text = parsed(client, made.two_column_pdf(left, right))["text"]
    assert [line for line in text.split("\n") if line] == left + right


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("infra\u00adstructure", "infrastructure"),
        ("of\ufb01ce work\ufb02ow", "office workflow"),
        ("a\u00a0b\u2003c", "a b c"),
        ("a\x00b".encode("utf-16").decode("utf-16").replace("\x00", "\x01") + "x" * 200, "ab" + "x" * 200),
        ("hidden\u200b\u202e\U000e0041text \ue123icon", "hiddentext icon"),
        ("oper-\nation of docker", "operation of docker"),
        ("data-\ndriven work", "data-driven work"),
        ("Consul and Con-\nsul", "Consul and Consul"),
        ("pre-\nand post-sales", "pre- and post-sales"),
        ("2019-\n2021", "2019-\n2021"),
        ("one\u2028two\x0cthree\r\n\r\n\r\n\r\nfour", "one\ntwo\nthree\n\nfour"),
        ("\uf0b7 Led a team\tof ten", "• Led a team  of ten"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
    ],
)
def test_the_text_is_tidy(client: FlaskClient, written: str, read: str) -> None:
    assert parsed(client, written.encode())["text"] == read


def test_lone_surrogates_of_a_docx_do_not_come_out(client: FlaskClient) -> None:
    assert "broken" in refused(client, made.with_body("<w:p><w:r><w:t>a&#xD800;b</w:t></w:r></w:p>"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"--- *** ---", "empty"),
        (made.blank_pdf(), "empty"),
        (made.scanned_pdf(), "Upload a PDF with text"),
        (made.scanned_pdf(3, "Scanned with CamScanner"), "scanned"),
        (made.pdf(password="secret"), "encrypted"),
        (made.old_office(encrypted=True), "encrypted"),
        (b"%PDF-1.7", "PDF is broken"),
        (made.pdf()[:300], "PDF is broken"),
        (made.word()[:2000], "DOCX is broken"),
        (made.changed(made.word(), {"word/document.xml": b"<w:document"}), "DOCX is broken"),
        (made.changed(made.word(), {"_rels/.rels": b"<Relationships/>"}), "DOCX is broken"),
        (made.with_body(""), "empty"),
        (b"\xff\xfe\x00\xd8a\x00", "characters cannot be read"),
        (b"caf\x81\xe9", "characters cannot be read"),
        (made.png(), "an image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "an image"),
        (made.zip_of(a=b"b"), "a zip that is no DOCX"),
        (b"PK\x05\x06" + bytes(18), "a zip that is no DOCX"),
        (made.old_office(encrypted=False), ".doc"),
        (b"{\\rtf1 Ada}", "RTF"),
        (b"<!DOCTYPE html><p>Ada", "web page"),
        (b"\x7fELF" + bytes(200), "PDF, DOCX and plain text are taken"),
        (bytes(range(1, 32)) * 9, "unsupported"),
        (made.changed(made.word(), {"word/vbaProject.bin": b"macro"}), "macros"),
        (b"word " * 10_001, "50,000 characters"),
        (made.pdf([["a page of text"]] * 51), "50 pages"),
        (made.pdf([["a hundred characters of words " * 3] * 50] * 13), "50,000 characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",  # the files differ from worker to worker
)
def test_a_file_that_cannot_be_taken_says_why_and_what_to_do(client: FlaskClient, data: bytes, says: str) -> None:
    assert says in refused(client, data)


def test_the_longest_text_and_the_most_pages_are_taken(client: FlaskClient) -> None:
    assert len(parsed(client, b"word " * 10_000)["text"]) == 49_999
    assert parsed(client, made.pdf([["a page of text"]] * 50))["pages"] == 50


@pytest.mark.parametrize("make", [made.swelling_pdf, made.swelling_docx])
def test_a_file_that_unpacks_to_gigabytes_is_refused(client: FlaskClient, make: Any) -> None:
    assert "too much time or memory" in refused(client, make())
    assert parsed(client, made.RESUME.encode())["topics"]


def test_entities_of_a_docx_are_not_expanded(client: FlaskClient) -> None:
    secret = Path(__file__)
    bomb = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    document = (
        f'<!DOCTYPE d [<!ENTITY a0 "boom">{bomb}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>Ada &a11; &file; Lovelace</w:t></w:r></w:p></w:body></w:document>"
    )
    response = upload(client, made.changed(made.word(), {"word/document.xml": document.encode()}))
    assert response.status_code in (200, 422)
    assert "boom" not in response.text
    assert "def test" not in response.text


def test_nothing_that_a_docx_links_to_is_fetched(client: FlaskClient, server: ScriptedServer) -> None:
    assert "After the table" in parsed(client, made.linked_to(server.url))["text"]
    assert server.connections == 0


def test_nothing_is_stored(client: FlaskClient, data_dir: Path) -> None:
    before = {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    parsed(client, made.pdf())
    refused(client, made.png())
    assert {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("size", [10 * MIB + 1, 26 * MIB])
def test_a_file_over_10_mib_is_413(client: FlaskClient, size: int) -> None:
    assert_problem(upload(client, b"a" * size), 413)


def test_a_file_of_10_mib_is_read(client: FlaskClient) -> None:
    assert parsed(client, b"Ada" + b" " * (10 * MIB - 3))["text"] == "Ada"


def test_other_calls_still_take_2_mib_at_most(client: FlaskClient) -> None:
    body = b'{"session_id": "' + b"a" * 2 * MIB + b'"}'
    assert_problem(client.post("/api/end-interview", data=body, content_type="application/json"), 413)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "file"),
        ({"file": "just text"}, "file"),
        ({"file": (io.BytesIO(b""), "")}, "file"),
        ({"file": [(io.BytesIO(b"a"), "a"), (io.BytesIO(b"b"), "b")]}, "file"),
        ({"file": (io.BytesIO(b"a"), "a"), "name": "Ada"}, "name"),
        ({"resume": (io.BytesIO(b"a"), "a")}, "resume"),
    ],
    ids="nothing,no file,nameless,two,stray field,other name".split(","),
)
def test_a_form_without_just_one_file_is_422(client: FlaskClient, form: dict[str, Any], field: str) -> None:
    response = client.post("/api/parse-resume", data=form, content_type="multipart/form-data; boundary=x")
    problem = assert_problem(response, 422)
    assert field in [error["field"] for error in problem["errors"]]


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 415),
        ("application/pdf", 415),
        ("application/x-www-form-urlencoded", 415),
        (None, 415),
        ("multipart/form-data", 400),
    ],
)
def test_a_body_that_is_no_form_says_so(client: FlaskClient, content_type: str | None, status: int) -> None:
    assert_problem(client.post("/api/parse-resume", data=b"{}", content_type=content_type), status)


def test_many_uploads_at_once_are_all_read_and_a_hostile_one_harms_no_other(serve: StartServer) -> None:
    server = serve()
    files = [made.pdf(), made.word(), made.swelling_pdf(1 << 30), made.RESUME.encode()] * 2
    replies: dict[int, requests.Response] = {}

    def send(number: int, data: bytes) -> None:
        replies[number] = requests.post(f"{server.url}/api/parse-resume", files={"file": ("x", data)}, timeout=120)

    threads = [threading.Thread(target=send, args=item) for item in enumerate(files)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [replies[i].status_code for i in range(8)] == [200, 200, 422, 200] * 2
    assert server.get("/api/health").status_code == 200
    big = requests.post(f"{server.url}/api/parse-resume", files={"file": ("x", bytes(25 * MIB + 9))}, timeout=60)
    assert (big.status_code, big.headers["Content-Type"]) == (413, "application/problem+json")


def names(resume: Resume, kind: Any) -> list[str]:
    return [topic.name for topic in resume.of_kind(kind)]


def test_topics_are_jobs_projects_and_skills_with_the_words_they_come_from() -> None:
    resume = read_resume(made.RESUME, LEXICON)
    (role,) = resume.of_kind("role")
    assert (role.name, role.excerpt) == ("Senior Backend Engineer", made.LINES[4])
    assert role.details == tuple(line[2:] for line in made.LINES[5:7])
    (project,) = resume.of_kind("project")
    assert (project.name, project.details) == ("Timetable Planner", (made.LINES[10][2:],))
    skills = {topic.name: topic for topic in resume.of_kind("skill")}
    assert skills["PostgreSQL"].excerpt == made.LINES[6][2:]
    assert skills["Docker"].excerpt == made.LINES[13]
    assert skills["PostgreSQL"].weight > skills["Docker"].weight


def test_no_contact_data_heading_hobby_or_soft_skill_is_a_topic() -> None:
    resume = read_resume(
        "JAMES BAKER\njames@python.org | +1 555 012 9843 | linkedin.com/in/java-james\n\n"
        "TECHNICAL SKILLS, INTERESTS & AWARDS\nLanguages: English (fluent), Python\nTeamwork, Communication, Rust\n"
        "Interests: Photography, Java coffee,\nChess and Scala theatre\n\n"
        "EDUCATION\nMaster of Business Administration\n\n"
        "REFERENCES\nJoan Clarke, Engineering Manager, joan@example.com",
        LEXICON,
    )
    assert sorted(names(resume, "skill")) == ["Python", "Rust"]
    assert names(resume, "role") == []
    assert names(resume, "project") == []


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Data Engineer II - Acme, Town, State      Feb 2023 - Present", "Data Engineer II"),
        ("Head of Platform Engineering | 2019 – 2021", "Head of Platform Engineering"),
        ("Co-Founder & Operator    May 2025", "Co-Founder & Operator"),
        ("GRAPHIC DESIGNER", "Graphic Designer"),
        ("Software Lead at Highschool Robotics   Sep 2022 – May 2023", "Software Lead"),
        ("Freelancer | 2024 - present", "Freelancer"),
        ("I was the engineer of everything", None),
        ("Acme Widgets, Inc.", None),
    ],
)
def test_a_job_header_gives_its_title(line: str, title: str | None) -> None:
    assert names(read_resume(f"Ada\n\nExperience\n\n{line}\n• Did it", LEXICON), "role") == ([title] if title else [])


@pytest.mark.parametrize(
    ("line", "employer"),
    [
        ("Omnious. Co., Ltd. Seoul, S.Korea", "Omnious. Co., Ltd."),
        ("Ledgerline Payments GmbH, Münster", "Ledgerline Payments GmbH"),
        ("Acme Widgets, Inc.", "Acme Widgets, Inc."),
        ("Tidewater Logistics, Hull", "Tidewater Logistics"),
    ],
)
def test_an_employer_keeps_its_legal_form(line: str, employer: str) -> None:
    (role,) = read_resume(f"Ada\n\nExperience\n\n{line}\nArchitect 2017 - 2018\n• Did it", LEXICON).of_kind("role")
    assert role.employer == employer


@pytest.mark.parametrize("below", ["", "\nBuilt the billing system for 40 shops.", "\n• Built the billing system."])
def test_a_dated_job_right_below_the_name_is_read_without_headings(client: FlaskClient, below: str) -> None:
    text = f"Jane Doe\nSenior Engineer, Acme 2019 - 2023{below}"
    assert parsed(client, text.encode())["topics"] == ["Senior Engineer"]
    (role,) = read_resume(text, LEXICON).of_kind("role")
    assert (role.employer, role.until) == ("Acme", 2023)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Ann\n=cmd|' /C calc'!A0", []),
        ("Ann\nSkills\n=cmd|' /C calc'!A0\nPython", ["Python"]),
        ("Ann\n=cmd|' /C calc'!A0 in Python", ["Python"]),
        ("Ann\nSkills\nLanguages: C, Python, R", ["C", "Python", "R"]),
        ("Ann\nExperience\n• Wrote firmware in C and Python", ["C", "Python"]),
    ],
)
def test_one_letter_is_a_skill_only_among_skills(text: str, skills: list[str]) -> None:
    assert names(read_resume(text, LEXICON), "skill") == skills


def test_a_text_that_names_nothing_to_talk_about_has_no_topics(client: FlaskClient) -> None:
    assert parsed(client, b"hello this is text")["topics"] == []


LINES_OF_RESUMES = st.sampled_from(
    [
        *made.LINES,
        "PROJECTS",
        "Skills:",
        "• - Languages: C, Go",
        "1) one",
        "o two",
        "Languages    Python",
        "\t",
        ":",
        "• ",
    ]
)


@given(st.lists(st.one_of(st.text(max_size=60), LINES_OF_RESUMES), max_size=30).map("\n".join))
@example("Skills\n" + "a, " * 20_000)
@example("Experience\n" + "• Engineer: x\n" * 3_000)
@example("Projects\n" + "A\n- b\n" * 3_000)
@example("Skills\n" + "1" * 20_000 + "@" + "(" * 20_000)
def test_any_text_gives_bounded_topics_with_verbatim_excerpts(text: str) -> None:
    resume = read_resume(text, LEXICON)
    for kind, most in MAX_TOPICS.items():
        assert len(resume.of_kind(kind)) <= most
        topics = resume.of_kind(kind)
        assert len({(t.name.casefold(), (t.employer or "").casefold()) for t in topics}) == len(topics)
    for topic in resume.topics:
        assert 0 < len(topic.name) <= 80
        assert topic.name.isprintable()
        assert 0 < topic.weight <= 1
        assert len(topic.details) <= 8
        for said in (topic.excerpt, *topic.details):
            assert 0 < len(said) <= 600
            assert said in text
    assert [t.weight for t in resume.topics] == sorted((t.weight for t in resume.topics), reverse=True)

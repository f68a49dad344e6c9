"""No test of conformance is skipped in silence, and where others' data are not beside the checkout, cases of our own stand for them."""

import os
import re
import subprocess
import sys

import pytest

from config.environment import ROOT
from tests.conformance import material

TESTS = ROOT / "tests"
CATALOGUES = ["csv_injection.txt", "filenames.txt", "json_poison.txt", "ssrf.txt", "xss.txt"]
INSTEAD = re.compile(r'mark\.others\([^)]*instead="([^"]+)"')
SKIPS = re.compile(r"\bskip(?:if|test)?\(|importorskip")


def test_nothing_here_is_skipped():
    modules = [path for path in sorted((TESTS / "conformance").glob("*.py")) if path.name != "test_material.py"]
    assert [path.name for path in modules if SKIPS.search(path.read_text("utf-8"))] == []


def test_what_stands_for_others_data_is_there():
    named = [instead for path in TESTS.rglob("test_*.py") for instead in INSTEAD.findall(path.read_text("utf-8"))]
    assert len(named) > 25
    assert [name for name in named if not re.search(r"^def test_", (ROOT / name).read_text("utf-8"), re.MULTILINE)] == []


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_catalogue_of_our_own_stands_for_that_of_others(name, monkeypatch):
    beside = material.cases(name)
    monkeypatch.setattr(material, "SHARED", material.OWN.with_name("nowhere"))
    own = material.cases(name)
    assert own != beside or not (ROOT.parent / "shared").exists()
    assert len(own) >= 6
    assert all(case.expect and isinstance(case.payload, str) for case in own)


def test_the_end_of_a_run_names_what_is_left_out(tmp_path):
    (tmp_path / "conftest.py").write_text(
        "import pathlib\nfrom tests.fixtures import others\nothers.BESIDE = pathlib.Path('/nonexistent')\n"
    )
    (tmp_path / "test_some.py").write_text(
        "import pytest\n@pytest.mark.others('data', 'brat', instead='own.py')\ndef test_theirs(): assert 0\ndef test_ours(): pass\n"
    )
    for processes in ([], ["--numprocesses=1"]):
        command = [sys.executable, "-m", "pytest", "-p", "tests.fixtures.others", "-p", "no:django", *processes, "."]
        done = subprocess.run(
            command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
        )
        assert "test_some.py needs ../shared/data/brat; without it own.py tests the same" in done.stdout, (
            done.stdout + done.stderr
        )
        assert "1 passed" in done.stdout
        assert done.returncode == 0

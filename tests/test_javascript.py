"""The unit tests of the annotator's modules, run by Node's own test runner."""

import re
import shutil
import subprocess
from pathlib import Path

import playwright
import pytest

from config.environment import ROOT

OLDEST_NODE = 20


def node() -> str:
    """The system's Node where it is new enough, else the one inside the playwright package."""
    system = shutil.which("node")
    if system and version(system) >= OLDEST_NODE:
        return system
    return str(Path(playwright.__file__).parent / "driver" / "node")


def version(program: str) -> int:
    output = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", output)
    return int(found[1]) if found else 0


def run_node(*files: Path) -> tuple[int, str]:
    """The exit code and all that the test runner said."""
    command = [node(), "--test", "--test-reporter=spec", *map(str, files)]
    result = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False
    )
    return result.returncode, result.stdout


def test_the_annotators_unit_tests_pass():
    files = sorted((ROOT / "tests" / "annotator").rglob("*.test.js"))
    assert files, "no JavaScript tests were found"
    code, output = run_node(*files)
    assert code == 0, output
    assert int(re.findall(r"^ℹ pass (\d+)", output, re.MULTILINE)[0]) >= len(files), output


def test_a_failing_unit_test_fails_here(tmp_path):
    broken = tmp_path / "broken.test.js"
    broken.write_text('import test from "node:test"; import assert from "node:assert"; test("one", () => assert.equal(1, 2));')
    broken = broken.rename(tmp_path / "broken.test.mjs")
    code, output = run_node(broken)
    assert code == 1
    assert "AssertionError" in output


@pytest.mark.parametrize("said", ["v18.20.4\n", "", "nonsense"])
def test_an_old_node_is_not_used(monkeypatch, tmp_path, said):
    old = tmp_path / "node"
    old.write_text(f"#!/bin/sh\nprintf '{said}'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert version(str(old)) < OLDEST_NODE
    assert version(node()) >= OLDEST_NODE

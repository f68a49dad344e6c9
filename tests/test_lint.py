"""Linter and type checker are part of the tests, so that nobody has to remember them."""

import subprocess
import sys
from pathlib import Path

from config.environment import ROOT
from tests.test_javascript import node

NODE_MODULES = ROOT / ".venv" / "node" / "node_modules"
SCRIPTS = ["static/**/*.js", "tests/annotator/**/*.js"]


def run(*arguments: str) -> str:
    """What a tool has to say; nothing when it is content."""
    result = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def run_node(tool: str, *arguments: str, folder: Path = ROOT) -> str:
    """What a tool for scripts has to say; nothing when it is content."""
    program = NODE_MODULES / tool
    assert program.exists(), "run `make test`, which installs what package-lock.json names"
    command = [node(), str(program), *arguments]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def format_of_scripts(*files: str, folder: Path = ROOT) -> str:
    return run_node("prettier/bin/prettier.cjs", "--check", "--log-level=warn", *files, folder=folder)


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


def test_the_formatter_would_change_no_script():
    assert format_of_scripts(*SCRIPTS) == ""


def test_the_formatter_would_notice_in_a_script(tmp_path):
    (tmp_path / ".prettierrc.json").write_text((ROOT / ".prettierrc.json").read_text())
    (tmp_path / "planted.js").write_text("const one = 1\n")
    assert "planted.js" in format_of_scripts("planted.js", folder=tmp_path)

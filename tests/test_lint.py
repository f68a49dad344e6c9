"""Linter and type checker are part of the tests, so that nobody has to remember them."""

import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from config.environment import ROOT
from tests.architecture import dotted, is_within, sources
from tests.test_javascript import node

NODE_MODULES = ROOT / ".venv" / "node" / "node_modules"
PRETTIER = ROOT / "scripts/node/prettier.json"
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


def types_of_scripts(project: Path) -> str:
    return run_node("typescript/bin/tsc", "--project", str(project), "--pretty", "false")


def format_of_scripts(*files: str, folder: Path = ROOT) -> str:
    return run_node("prettier/bin/prettier.cjs", "--config", str(PRETTIER), "--check", "--log-level=warn", *files, folder=folder)


def test_the_linter_is_content():
    assert run("ruff", "check", "--quiet", "--output-format=concise", ".") == ""


def test_the_formatter_would_change_nothing():
    assert run("ruff", "format", "--quiet", "--diff", ".") == ""


def test_the_types_hold():
    assert run("mypy", "--no-error-summary") == ""


def lines_of(paths: Iterable[Path]) -> int:
    return sum(len(path.read_text().splitlines()) for path in paths)


def share_that_mypy_sees(settings: dict[str, Any]) -> float:
    """Of the lines of the product."""
    folders = [name.replace("/", ".") for name in settings["files"]]
    return lines_of(path for path in sources(ROOT) if is_within(dotted(ROOT, path), folders)) / lines_of(sources(ROOT))


def settings_of_mypy() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]


def test_mypy_sees_most_lines():
    """Never lowered."""
    assert share_that_mypy_sees(settings_of_mypy()) == 1.0


def test_a_rule_is_off_only_where_a_library_has_no_types():
    spared = [each for each in settings_of_mypy()["overrides"] if "ignore_missing_imports" not in each]
    names = [name for each in spared for name in each["module"]]
    assert len(names) <= 6


def test_no_module_is_excused_from_its_errors():
    """An error that mypy is told to pass over is one that nobody sees."""
    overrides = settings_of_mypy()["overrides"]
    assert [each for each in overrides if each.get("ignore_errors") or each.get("follow_imports")] == []


def test_the_share_that_mypy_sees_falls_with_its_files():
    assert share_that_mypy_sees(settings_of_mypy() | {"files": ["corpus/text", "registry/names"]}) < 0.1


def test_the_linter_would_notice(tmp_path):
    (tmp_path / "planted.py").write_text("import os\n")
    assert "F401" in run("ruff", "check", "--output-format=concise", "--config=pyproject.toml", str(tmp_path))


def test_the_type_checker_would_notice(tmp_path):
    (tmp_path / "planted.py").write_text('def add(a: int) -> int:\n    return a + "1"\n')
    assert "operator" in run("mypy", str(tmp_path / "planted.py"))


def test_the_types_of_the_scripts_hold():
    assert types_of_scripts(ROOT / "scripts/node") == ""


def test_the_formatter_would_change_no_script():
    assert format_of_scripts(*SCRIPTS) == ""


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("export const count = /** @param {number[]} all */ (all) => all.lenght;", "TS2551"),
        ("export const twice = /** @param {number} one */ (one) => 2 * one;\ntwice('2');", "TS2345"),
    ],
)
def test_the_type_checker_would_notice_in_a_script(tmp_path, line, error):
    (tmp_path / "planted.js").write_text(f"{line}\n")
    (tmp_path / "tsconfig.json").write_text(f'{{"extends": "{ROOT}/scripts/node/tsconfig.json", "include": ["planted.js"]}}')
    assert error in types_of_scripts(tmp_path)


def test_the_formatter_would_notice_in_a_script(tmp_path):
    (tmp_path / "planted.js").write_text("const one = 1\n")
    assert "planted.js" in format_of_scripts("planted.js", folder=tmp_path)

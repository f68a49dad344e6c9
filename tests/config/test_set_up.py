"""What `make` does on a fresh machine, piece by piece, on machines made of small scripts."""

import os
import shlex
import shutil
import subprocess
import sys

import pytest

from config.environment import ROOT
from tests import chromium

REAL = f'exec "{sys.executable}" "$@"'
BROKEN = "echo 'command not found'; exit 127"
OLD = 'case "$2" in *version_info*) exit 1;; esac'
NO_VENV = f'case "$2" in *ensurepip*) exit 1;; esac; {REAL}'


@pytest.fixture
def machine(tmp_path):
    """Puts programs into a folder, in the order of the PATH; the folder's name has a space."""

    def put(folder="bin one", **programs):
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        for name, script in programs.items():
            path = place / name.replace("_", ".")
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        return str(place)

    return put


def run(script, path, *arguments, folder=ROOT):
    command = ["/bin/sh", str(folder / "scripts" / script), *arguments]
    return subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False)


# Finding a Python


def test_a_python_that_is_new_enough_is_found(machine):
    path = machine(python3=REAL)
    result = run("find-python.sh", path)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{path}/python3\n", "")


def test_a_program_that_only_has_the_name_is_passed_over(machine):
    path = f"{machine(python3_14=BROKEN, python3_13=BROKEN, python3=OLD)}:{machine('two', python3_13=REAL)}"
    assert run("find-python.sh", path).stdout.endswith("/two/python3.13\n")


def test_a_python_that_can_make_environments_is_preferred(machine):
    path = machine(python3_14=NO_VENV, python3_12=REAL)
    assert run("find-python.sh", path).stdout == f"{path}/python3.12\n"


@pytest.mark.parametrize("programs", [{}, {"python3": OLD}, {"python3": BROKEN, "python": OLD}])
def test_without_a_python_one_line_says_what_to_install(machine, programs):
    result = run("find-python.sh", machine(**programs))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("There is no Python 3.12 or newer on the PATH. Install one")
    assert result.stderr.count("\n") == 1


def test_a_python_without_venv_is_told_what_it_lacks(machine):
    result = run("find-python.sh", machine(python3=NO_VENV))
    version = "{}.{}".format(*sys.version_info)
    assert result.returncode == 1
    assert f"apt install python{version}-venv" in result.stderr
    assert result.stderr.count("\n") == 1


# Installing


@pytest.fixture
def checkout(tmp_path, machine):
    """A checkout with the scripts, and a Python that notes what pip is asked for instead of doing it."""
    for name in ("scripts", "requirements"):
        (tmp_path / "checkout" / name).mkdir(parents=True)
    for name in ("install.sh", "find-python.sh"):
        shutil.copy(ROOT / "scripts" / name, tmp_path / "checkout" / "scripts")
    for name in ("requirements/base.txt", "requirements/dev.txt"):
        (tmp_path / "checkout" / name).write_text("one==1\n")
    pip = f'case "$2" in pip) echo "$*" >> "{tmp_path}/pip"; exit $(cat "{tmp_path}/pip-code");; esac; exit 0'
    (tmp_path / "pip-code").write_text("0")
    made = machine("made", python=pip)
    venv = f'case "$2" in venv) mkdir -p "$3/bin"; cp "{made}/python" "$3/bin/python";; *) {REAL};; esac'
    return tmp_path / "checkout", f"{machine(python3_13=venv)}:/usr/bin:/bin"


def asked(checkout):
    noted = checkout.parent / "pip"
    return [line.rpartition(" ")[2] for line in noted.read_text().splitlines()] if noted.exists() else []


def install(checkout, *arguments):
    folder, path = checkout
    return run("install.sh", path, *arguments, folder=folder)


def test_the_locked_requirements_are_installed_with_their_hashes(checkout):
    result = install(checkout)
    assert result.returncode == 0, result.stderr
    assert "--require-hashes -r requirements/base.txt" in (checkout[0].parent / "pip").read_text()
    assert asked(checkout[0]) == ["requirements/base.txt"]


def test_the_tests_need_more(checkout):
    install(checkout, "dev")
    assert asked(checkout[0]) == ["requirements/base.txt", "requirements/dev.txt"]


def test_nothing_is_installed_twice(checkout):
    install(checkout)
    result = install(checkout)
    assert (result.stdout, result.stderr) == ("", "")
    assert asked(checkout[0]) == ["requirements/base.txt"]


def test_a_changed_file_is_installed_again(checkout):
    install(checkout)
    (checkout[0] / "requirements/base.txt").write_text("one==2\n")
    install(checkout)
    assert asked(checkout[0]) == ["requirements/base.txt"] * 2


def test_an_installation_that_failed_is_tried_again(checkout):
    (checkout[0].parent / "pip-code").write_text("1")
    assert install(checkout).returncode == 1
    (checkout[0].parent / "pip-code").write_text("0")
    assert install(checkout).returncode == 0
    assert asked(checkout[0]) == ["requirements/base.txt"] * 2


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    install(checkout)
    python = checkout[0] / ".venv" / "bin" / "python"
    python.write_text("#!/bin/sh\nexit 1\n")
    assert "Making .venv" in install(checkout).stdout
    assert asked(checkout[0]) == ["requirements/base.txt"] * 2


# A Chromium for the browser tests


@pytest.fixture
def no_playwright(monkeypatch):
    """A machine on which Playwright has brought no Chromium of its own."""
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", "/nonexistent")
    chromium.find.cache_clear()
    yield
    chromium.find.cache_clear()


def test_the_systems_chromium_is_taken_when_it_runs(machine, monkeypatch, no_playwright):
    folder = machine(chromium=BROKEN, **{"google-chrome": "echo Chrome 150"})
    monkeypatch.setenv("PATH", f"{folder}:/nonexistent")
    assert chromium.find() == f"{folder}/google-chrome"


def test_a_chromium_without_windows_is_taken_first(machine, monkeypatch, no_playwright):
    folder = machine(chromium="echo Chromium 150", **{chromium.SHELL: "echo Chromium 150"})
    monkeypatch.setenv("PATH", f"{folder}:/nonexistent")
    assert chromium.find() == f"{folder}/{chromium.SHELL}"


def test_one_without_windows_is_brought_beside_another(machine, monkeypatch, no_playwright):
    folder = machine(chromium="echo Chromium 150", **{"apt-get": "exit 0"})
    monkeypatch.setenv("PATH", folder)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    monkeypatch.setattr(
        chromium, "quiet", lambda command: command[-1] != chromium.SHELL or bool(machine(**{chromium.SHELL: "echo 150"}))
    )
    chromium.main()
    assert chromium.find() == f"{folder}/{chromium.SHELL}"


def test_without_a_chromium_the_tests_fail_with_one_line(machine, monkeypatch, no_playwright):
    monkeypatch.setenv("PATH", machine(chromium=BROKEN))
    monkeypatch.setattr(chromium, "bring", lambda: None)
    monkeypatch.setattr(chromium, "by_distribution", lambda: False)
    with pytest.raises(SystemExit, match=r"^There is no Chromium for the browser tests\. Install it"):
        chromium.main()


def test_a_chromium_is_brought_where_there_is_none(machine, monkeypatch, no_playwright):
    folder = machine(nothing="exit 1")
    monkeypatch.setenv("PATH", folder)
    commands = []

    def bring(command):
        commands.append(command)
        if "install" in command:
            machine(chromium="echo Chromium 150")
        return True

    monkeypatch.setattr(chromium, "quiet", bring)
    chromium.main()
    assert any("install" in command for command in commands)
    assert chromium.find() == f"{folder}/chromium"


# The two commands


def recipe(target):
    """What make would run."""
    return subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_make_demo_installs_and_runs_the_demo():
    assert recipe("demo") == ["sh scripts/install.sh", ".venv/bin/python manage.py demo"]


def test_make_test_installs_brings_browser_and_proxy_and_runs_all_but_the_long_tests():
    *before, run = recipe("test")
    assert before == ["sh scripts/install.sh dev", ".venv/bin/python -m tests.chromium", ".venv/bin/python -m tests.nginx"]
    assert shlex.split(run)[:5] == [".venv/bin/python", "-m", "pytest", "-m", "not long"]
    assert all(word.startswith(("--numprocesses", "--dist")) for word in shlex.split(run)[5:])  # however many at once


def test_make_test_long_runs_the_others_and_those_of_a_cluster():
    *before, run = recipe("test-long")
    assert before == recipe("test-cluster")
    assert before[-1] == ".venv-spark/bin/python -m pytest tests/cluster"
    assert shlex.split(run)[:5] == [".venv/bin/python", "-m", "pytest", "-m", "long"]
    assert all(word.startswith(("--numprocesses", "--dist")) for word in shlex.split(run)[5:])


def test_make_clean_keeps_the_data():
    removed = [line for line in recipe("clean") if line.startswith("rm ")]
    assert removed == ["rm -rf .venv .venv-spark var/static .pytest_cache .ruff_cache .mypy_cache .hypothesis test-results"]


def test_the_check_of_each_change_is_the_two_commands_of_the_readme():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[1:] == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test", "make test-long"]
    assert "```sh\nmake test\nmake test-long\n```" in (ROOT / "README.md").read_text()

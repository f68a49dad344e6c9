"""Every command in the README and in docs/using.md is run."""

import os
import re
import shlex
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.environment import ROOT
from tests.fixtures.database import administration, drop, make_migrated
from tests.ports import free_port

README = (ROOT / "README.md").read_text("utf-8")
USING = (ROOT / "docs/using.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README + USING, re.DOTALL)
COMMANDS = list(dict.fromkeys(line for block in BLOCKS for line in block.splitlines() if line))
MADE = [command for command in COMMANDS if command.startswith("make ")]
ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def scratch_database(django_db_setup):
    """The address of a database, gone afterwards. It is migrated: that an empty one will do, tests/config/test_wheel.py shows."""
    name = f"{urlsplit(os.environ['DATABASE_URL']).path[1:]}_readme"
    with administration() as server:
        make_migrated(server, name.partition("run_")[0], name)
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with administration() as server:
        drop(server, name)


@pytest.fixture(scope="module")
def demo(scratch_database, tmp_path_factory):
    """A demo in a folder of its own, being served: what `make demo` starts after it has installed."""
    folder = tmp_path_factory.mktemp("demo")
    for name in (".venv", "manage.py"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "articles").mkdir()
    (folder / "articles" / "note.txt").write_text("A note\n\nThe ministry said nothing.\n", "utf-8")
    environment = os.environ | {"DATABASE_URL": scratch_database}
    ready(folder, environment, "demo", "--no-serve")
    program = [str(ROOT / ".venv/bin/python"), str(ROOT / "manage.py"), "demo", "--port", str(port := free_port())]
    server = subprocess.Popen(program, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(f"http://127.0.0.1:{port}/healthz")
    yield folder, environment | {"TOKEN": token(environment)}, f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=300)


def ready(folder, environment, *arguments):
    program = [str(ROOT / ".venv/bin/python"), str(ROOT / "manage.py"), *arguments]
    return subprocess.run(program, env=environment, cwd=folder, check=True, capture_output=True, text=True).stdout


def token(environment):
    code = (
        "from corpus.models import Token; from django.contrib.auth import get_user_model as m;"
        "print(Token.issue(m().objects.get(username='manager'), 'readme', ['read'])[1])"
    )
    return ready(ROOT, environment, "shell", "--no-imports", "-c", code).strip().splitlines()[-1]


def wait_for(address, seconds=300):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return urllib.request.urlopen(address, timeout=seconds).read()
        except OSError:  # refused, or too slow yet
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


def test_every_command_does_what_it_says(demo):
    folder, environment, address = demo
    for command in COMMANDS:
        if command in MADE:
            continue
        here = command.replace(ADDRESS, address)
        result = subprocess.run(here, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
        assert result.stdout or ">" in command, command
    assert len((folder / "gold.jsonl").read_text("utf-8").splitlines()) == 1


def test_the_python_session_does_what_it_says(demo):
    folder, environment, address = demo
    [program] = re.findall(r"```python\n(.*?)```", USING, re.DOTALL)
    command = [sys.executable, "-c", program.replace(ADDRESS, address)]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    *figures, last = result.stdout.splitlines()
    assert len(figures) == 13  # all figures of the gold, over three pages
    assert "300 eq 300 300" in [line.strip() for line in figures]
    assert "more than half gt 50 None" in [line.strip() for line in figures]
    assert re.fullmatch(r"\d+ changes; continue with since = \d+", last)


def test_there_is_something_to_run():
    assert MADE == ["make demo", "make test", "make test-long"]
    assert len(COMMANDS) > len(MADE)


@pytest.mark.parametrize(
    ("command", "does"), [("make demo", "manage.py demo"), ("make test", "-m pytest"), ("make test-long", "-m pytest")]
)
def test_the_commands_of_the_set_up_run_what_is_tested_here(command, does):
    steps = subprocess.run(
        [*shlex.split(command), "--dry-run", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert does in steps.splitlines()[-1]


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_the_picture_is_there():
    assert (ROOT / "docs/pictures/annotator.png").stat().st_size > 10_000


def test_commands_are_documented():
    known = {path.stem for path in ROOT.glob("*/management/commands/*.py")} - {"__init__"}
    documented = set(re.findall(r"^\| `manage\.py ([a-z_]+)", Path(ROOT / "docs/deployment.md").read_text("utf-8"), re.MULTILINE))
    assert known <= documented


def test_settings_are_documented():
    settings = (ROOT / "config/settings.py").read_text("utf-8")
    names = set(re.findall(r"env(?:str|bool|int|list)\(\s*\"([A-Z_]+)\"", settings)) | {"DATABASE_URL"}
    text = (ROOT / "docs/deployment.md").read_text("utf-8")
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []

"""The wheel, installed in an empty environment from a checkout's files, with what is locked and nothing else."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.crawls import made_pages, packed, warc_record
from config.environment import ROOT
from config.postgres import PostgresCluster
from tests.config.conftest import end
from tests.ports import free_port

pytestmark = pytest.mark.long

PARTS = ["LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "attest", "domain", "static", "templates"]
PACKAGES = ["annotations", "config", "corpus", "lake", "questions", "registry"]
BUILD = "from hatchling import build; import sys; print(getattr(build, sys.argv[1])(sys.argv[2]))"


def build(kind, source, target):
    result = subprocess.run(
        [sys.executable, "-c", BUILD, f"build_{kind}", str(target)], cwd=source, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return target / result.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The files that are in the checkout, in a folder that the build may write into."""
    folder = tmp_path_factory.mktemp("sources")
    for name in PARTS + PACKAGES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(sources, tmp_path_factory):
    """Built from the source distribution, which therefore holds all that a wheel needs."""
    target = tmp_path_factory.mktemp("dist")
    shutil.unpack_archive(build("sdist", sources, target), target, filter="data")
    return build("wheel", target / f"attest-{version()}", target)


def version():
    return re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[1]


def test_the_wheel_adds_one_name_to_an_environment(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {"attest", f"attest-{version()}.dist-info"}
    assert not [name for name in names if name.endswith(".pyc")]


def test_the_wheel_holds_every_file_of_the_packages_the_templates_the_static_files_and_the_scheme(wheel):
    held = {name.removeprefix("attest/") for name in zipfile.ZipFile(wheel).namelist()}
    there = {path for name in [*PACKAGES, "domain", "static", "templates"] for path in (ROOT / name).rglob("*") if path.is_file()}
    missing = {path.relative_to(ROOT).as_posix() for path in there if "__pycache__" not in path.parts} - held
    assert missing == set()


def test_the_wheel_asks_for_what_the_checkout_asks_for(wheel):
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read(f"attest-{version()}.dist-info/METADATA").decode()
    required = [line for line in re.findall(r"^Requires-Dist: (.+)", metadata, re.MULTILINE) if "extra ==" not in line]
    asked = {re.split(r"[\[~]", line)[0] for line in required}
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert asked == {re.split(r"[\[~]", line)[0] for line in written}


@pytest.fixture
def machine():
    """A folder that everybody may enter, as those are that software is installed in; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="at-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def installed(wheel, machine):
    """The command `attest`. pip takes what is locked by its hash and refuses a package that is not, so all is locked that is needed."""
    folder = machine / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    ours = folder / "attest.txt"
    ours.write_text(f"attest @ {wheel.as_uri()} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    pip = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet", "--no-input", "--no-compile"]
    result = subprocess.run(
        [*pip, "--only-binary=:all:", "--require-hashes", "-r", str(ROOT / "requirements/base.txt"), "-r", str(ours)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return folder / "bin" / "attest"


@pytest.fixture
def user(machine):
    """The environment of one who has set nothing, with a home of their own."""
    home = machine / "home"
    home.mkdir(mode=0o700)
    yield {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    end(PostgresCluster(home / ".local/share/attest/postgres"))


@pytest.fixture
def attest(installed, user, tmp_path):
    """`attest(*arguments)`, run in an empty folder; what it prints."""

    def run(*arguments):
        result = subprocess.run([installed, *arguments], cwd=tmp_path, env=user, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    yield run
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def demo(installed, user, tmp_path):
    """The address of `attest demo`, and the process, which is ended afterwards as by Ctrl-C."""
    port = free_port()
    program = [installed, "demo", f"--port={port}"]
    with subprocess.Popen(program, cwd=tmp_path, env=user, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            while "is running at" not in (line := process.stdout.readline()):
                assert line, "it ended before it answered"
            yield f"http://127.0.0.1:{port}", process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def read(address):
    with urllib.request.urlopen(address, timeout=300) as answer:
        return answer.read().decode()


# One test, not six: installing takes longer than all that is tried, and tests of one file may run in several processes.
def test_what_a_wheel_installs_does_what_a_checkout_does(demo, attest, installed, user, tmp_path):
    address, process = demo
    serves_pages(address)
    exports_the_gold(attest)
    ends_by_ctrl_c(process)
    keeps_its_data_with_the_user(user, tmp_path)
    has_all_commands(attest)
    holds_its_readers_as_well(attest)
    reads_crawls_on_an_executor(attest, installed, user, tmp_path)
    assert "core scheme" in attest("load_scheme")  # without naming a file
    assert attest("postgres", "stop") == "stopped\n"
    assert attest("postgres", "stop") == "was not running\n"


def serves_pages(address):
    page = read(f"{address}/")
    assert "<h1>Sign in" in page
    [sheet, *_] = re.findall(r'href="(/static/css/[^"]+)"', page)
    assert "--" in read(address + sheet)


def exports_the_gold(attest):
    [gold] = attest("export", "--corpus=demo", "--format=native", "--gold").splitlines()
    assert json.loads(gold)["document"]["source_file"] == "000_3e4db3711cb7c38f.txt"


def ends_by_ctrl_c(process):
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=300) == 0


def keeps_its_data_with_the_user(user, tmp_path):
    data = Path(user["HOME"]) / ".local/share/attest"
    assert {path.name for path in data.iterdir()} >= {"attest.env", "demo-password", "postgres", "static"}
    assert list(tmp_path.iterdir()) == []


def has_all_commands(attest):
    listed = set(re.findall(r"^    (\w+)$", attest("help"), re.MULTILINE))
    ours = {path.stem for path in ROOT.glob("*/management/commands/*.py")} - {"__init__"}
    assert len(ours) > 10
    assert ours <= listed


def holds_its_readers_as_well(attest):
    here = subprocess.run([sys.executable, "manage.py", "check_readers"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert attest("check_readers") == here.stdout


EXECUTOR = """
import sys
from pathlib import Path
import attest
sys.path.insert(0, str(Path(attest.__file__).parent))
from lake.read.sandboxed import CrawlFile, crawl_rows
[page] = crawl_rows(Path(sys.argv[1]), CrawlFile("c.warc.gz", "0" * 64))
print(page.title, page.offset, "django" in sys.modules)
"""


def reads_crawls_on_an_executor(attest, installed, user, tmp_path):
    """Without Django; and without the extra, a command says how to get it."""
    with tempfile.TemporaryDirectory() as name:
        crawl = Path(name) / "c.warc.gz"
        [page] = made_pages(1)
        crawl.write_bytes(packed(warc_record(page.url, page.html)))
        program = [installed.with_name("python"), "-c", EXECUTOR, str(crawl)]
        result = subprocess.run(program, cwd=tmp_path, env=user, capture_output=True, text=True, check=True)
        assert re.fullmatch(r"Report 0 of \w+ 0 False\n", result.stdout)
        program = [installed, "lake", "read", str(crawl), "--lake", str(Path(name) / "lake")]
        result = subprocess.run(program, cwd=tmp_path, env=user, capture_output=True, text=True, check=False)
        assert result.returncode == 1
        assert "The lake needs pyarrow, which is not installed" in result.stderr

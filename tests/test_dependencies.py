"""What is installed is locked, known and little."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from io import StringIO

import pytest
from django.core.management import call_command

from config import floors
from config.environment import ROOT
from config.management.commands import serve

LOCKED = [f"requirements/{name}.txt" for name in ("base", "formats", "lake", "dev", "s3", "spark")]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]


def entries(name):
    """The pinned packages of a requirements file, each with the lines of its hashes."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text(), flags=re.MULTILINE)
    return re.split(r"\n(?=[A-Za-z])", text.strip())


def test_no_package_is_older_than_its_last_known_hole(monkeypatch):
    assert floors.too_old((3, 12, 12)) == floors.too_old((3, 13, 10)) == floors.too_old((3, 14, 0)) == []
    assert floors.too_old((3, 13, 5)) == [
        "Python 3.13.5 is older than 3.13.10 (CVE-2025-8291): update it, unless its distributor has mended that."
    ]
    monkeypatch.setattr(floors, "version", {**dict.fromkeys(floors.PACKAGES, "99"), "python-docx": "0.8.5"}.get)
    assert floors.too_old((3, 14, 0)) == ["python-docx 0.8.5 is older than 0.8.6: install what requirements/base.txt has."]


def test_serve_warns_of_what_is_too_old(monkeypatch):
    monkeypatch.setattr(serve, "too_old", lambda: ["Python 3.13.5 is older than 3.13.10."])
    for name in ("refuse_pending_migrations", "refuse_taken_port", "collect_if_changed"):
        monkeypatch.setattr(serve, name, lambda *arguments: None)
    monkeypatch.setattr(serve.supervise, "serve", lambda *arguments: None)
    said = StringIO()
    call_command("serve", stderr=said)
    assert said.getvalue() == "Warning: Python 3.13.5 is older than 3.13.10.\n"


@pytest.mark.parametrize("name", LOCKED)
def test_every_package_has_one_version_and_its_hashes(name):
    for entry in entries(name):
        assert re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==[^ ]+( ; .+)? \\\n +--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("name", LOCKED)
def test_no_address_of_a_registry_is_committed(name):
    assert "://" not in (ROOT / name).read_text()


def test_every_package_for_the_scripts_has_its_hash_and_no_address():
    packages = json.loads((ROOT / "scripts/node/package-lock.json").read_text())["packages"]
    ours = packages.pop("")
    for name, wanted in ours["devDependencies"].items():
        assert packages[f"node_modules/{name}"]["version"] == wanted.split("@")[-1]  # "npm:pyodide@0.27.8" has a name of ours
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages.values())


def test_what_is_installed_is_what_is_locked():
    for entry in entries("requirements/base.txt"):
        package, locked = re.match(r"([a-z0-9.-]+)(?:\[.*\])?==([^ ]+)", entry).groups()
        if "win32" not in entry:
            assert version(package) == locked, f"{package}: run `make test`, which installs what is locked"


def test_there_are_few_of_them():
    assert len(entries("requirements/base.txt")) <= 90


@pytest.mark.parametrize("name", LOCKED[1:])
def test_versions_agree_with_those_of_the_application(name):
    pins = [
        dict(re.match(r"([a-z0-9.-]+)(?:\[.*\])?==([^ ]+)", entry).groups() for entry in entries(each))
        for each in (LOCKED[0], name)
    ]
    assert pins[0].items() <= pins[1].items()


def test_the_tests_have_all_that_the_formats_the_lake_and_buckets_need():
    *others, tests = (
        set(re.findall(r"^([\w.-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in (*LOCKED[1:3], LOCKED[4], LOCKED[3])
    )
    assert set.union(*others) <= tests


@pytest.mark.parametrize("name", EXTRAS)
def test_lock_of_an_extra_holds_its_packages(name):
    held = {re.match(r"[a-z0-9.-]+", entry)[0] for entry in entries(f"requirements/{name}.txt")}
    assert set(EXTRAS[name]) <= held


def test_the_bill_of_materials_has_every_locked_package_with_its_hashes():
    written = [subprocess.run([sys.executable, ROOT / "scripts/sbom.py"], capture_output=True, check=True).stdout for _ in "ab"]
    assert written[0] == written[1]
    bill = json.loads(written[0])
    assert (bill["bomFormat"], bill["specVersion"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "1.6", "attest")
    parts = {part["purl"]: part for part in bill["components"]}
    assert len(parts) == len(bill["components"])
    for name in LOCKED:
        for entry in entries(name):
            package, locked = re.match(r"([a-z0-9.-]+)(?:\[.*\])?==([^ ]+)", entry).groups()
            part = parts[f"pkg:pypi/{package}@{locked}"]
            hashes = {each["content"] for each in part["hashes"]}
            assert hashes <= set(re.findall(r"sha256:([0-9a-f]{64})", entry)) or name != LOCKED[0]
            assert hashes
    packages = json.loads((ROOT / "scripts/node/package-lock.json").read_text())["packages"]
    assert sum(purl.startswith("pkg:npm/") for purl in parts) == len(
        {(p.get("name") or n, p["version"]) for n, p in packages.items() if n}
    )
    assert {parts[f"pkg:pypi/{name}@{floors.version(name)}"]["scope"] for name in ("python-docx", "granian")} == {"required"}
    assert all(
        len(each["content"]) == {"SHA-256": 64, "SHA-512": 128}[each["alg"]] for part in parts.values() for each in part["hashes"]
    )

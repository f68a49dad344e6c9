"""Write what Attest is made of, as CycloneDX JSON: the locked packages with their hashes, the same file for the same locks.

`required` is what an installation has, `optional` what formats, lakes, clusters and buckets add, `excluded` what only tests need.
"""

import base64
import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements/base.txt": "required",
    "requirements/formats.txt": "optional",
    "requirements/lake.txt": "optional",
    "requirements/s3.txt": "optional",
    "requirements/spark.txt": "optional",
    "requirements/dev.txt": "excluded",
}
ENTRY = re.compile(r"^([a-z0-9.-]+)(?:\[[^\]]*\])?==([^ ]+)[^\n]*\\\n((?: +--hash=[^\n]+\n?)+)", re.MULTILINE)


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    root = {"type": "application", "bom-ref": "attest", "name": project["name"], "version": project["version"]}
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": sorted([*python_packages(), *script_packages()], key=lambda part: str(part["purl"])),
    }
    json.dump(bill, sys.stdout, indent=1)
    sys.stdout.write("\n")


def python_packages() -> list[dict[str, object]]:
    """Each once, with the strongest need of it."""
    parts: dict[str, dict[str, object]] = {}
    for lock, scope in LOCKS.items():
        for name, version, lines in ENTRY.findall((ROOT / lock).read_text()):
            hashes = [{"alg": "SHA-256", "content": each} for each in re.findall(r"sha256:([0-9a-f]{64})", lines)]
            made = part(f"pkg:pypi/{name}@{version}", name, version, scope, hashes)
            parts.setdefault(str(made["purl"]), made)
    return list(parts.values())


def script_packages() -> list[dict[str, object]]:
    """What checks the scripts of the pages; these themselves use no package."""
    packages = json.loads((ROOT / "scripts/node/package-lock.json").read_text())["packages"]
    parts: dict[str, dict[str, object]] = {}
    for path, package in packages.items():
        if path:
            name = package.get("name") or path.rpartition("node_modules/")[2]
            digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
            purl = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
            parts[purl] = part(purl, name, package["version"], "excluded", [{"alg": "SHA-512", "content": digest}])
    return list(parts.values())


def part(purl: str, name: str, version: str, scope: str, hashes: list[dict[str, str]]) -> dict[str, object]:
    names = {"type": "library", "bom-ref": purl, "name": name, "version": version}
    return {**names, "scope": scope, "hashes": hashes, "purl": purl}


if __name__ == "__main__":
    main()

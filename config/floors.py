"""The oldest releases without a hole that was published: of Python and of packages that read what strangers send."""

import re
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

PACKAGES = {
    "Django": "6.0.2",  # CVE-2025-64459, -57833, -13372, CVE-2026-1207, -1285, -1287
    "granian": "2.2.0",
    "psycopg": "3.2",
    "python-docx": "0.8.6",  # CVE-2016-5851
    "requests": "2.32.4",  # CVE-2024-47081
    "urllib3": "2.6.0",  # CVE-2025-66418, -66471
}
# CVE-2025-8291: parts of a ZIP archive that its readers see differently. Distributions mend older releases, and do not count them up.
PYTHON = {(3, 12): 12, (3, 13): 10}


def too_old(python: tuple[int, int, int] = sys.version_info[:3]) -> list[str]:
    """What is older, in a sentence each."""
    floor = PYTHON.get(python[:2], 0)
    number, wanted = ".".join(map(str, python)), f"{python[0]}.{python[1]}.{floor}"
    interpreter = f"Python {number} is older than {wanted} (CVE-2025-8291): update it, unless its distributor has mended that."
    sentences = [interpreter] if python[2] < floor else []
    for name, oldest in PACKAGES.items():
        with suppress(PackageNotFoundError):  # requests comes with the tests only
            if numbers(version(name)) < numbers(oldest):
                sentences.append(f"{name} {version(name)} is older than {oldest}: install what requirements/base.txt has.")
    return sentences


def numbers(release: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", release)]

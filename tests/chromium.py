"""The Chromium of the browser tests: which one there is, and `python -m tests.chromium`, which brings one where there is none."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

# The first one is Chromium without the windows that nobody sees: a test takes it a quarter less of a processor's time.
SHELL = "chromium-headless-shell"
NAMES = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
APT = ["apt-get", "install", "-y", "--no-install-recommends"]
MISSING = "There is no Chromium for the browser tests. Install it (Debian: apt install chromium), then run `make test` again."


@cache
def find() -> str | None:
    """The path of a Chromium that runs: the system's, else Playwright's own."""
    system = (path for name in NAMES if (path := shutil.which(name)) and runs(path))
    return next(system, None) or next(filter(runs, [playwrights()]), None)


def playwrights() -> str:
    """Where Playwright keeps its own, or would. Asked in a process of its own: one process runs one Playwright at a time."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return result.stdout.strip()


def runs(path: str) -> bool:
    """Some distributions have a program of this name that only says how to install the real one."""
    return Path(path).exists() and quiet([path, "--version"])


def quiet(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=900, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def by_distribution() -> bool:
    """Whether the distribution has packages that we may install."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def bring() -> None:
    """Install one: from the distribution where we may, else Playwright's."""
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if by_distribution():
        ways = [[*APT, SHELL], [*APT, "chromium"], [*ways[0], "--with-deps"]]
        quiet(["apt-get", "update"])
    for command in ways:
        print("Bringing a Chromium for the browser tests:", " ".join(command[-4:]), flush=True)
        find.cache_clear()
        if quiet(command) and find():
            return


def main() -> None:
    if not shutil.which(SHELL) and by_distribution():
        quiet([*APT, SHELL])  # other distributions have none, and another Chromium does
        find.cache_clear()
    if not find():
        bring()
    if not find():
        raise SystemExit(MISSING)


if __name__ == "__main__":
    main()

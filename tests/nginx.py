"""The nginx of the proxy's tests: which one there is, and `python -m tests.nginx`, which brings one where there is none."""

import os
import shutil

from tests.chromium import quiet

PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"  # Debian's lies where only root looks
MISSING = "There is no nginx: the tests of deploy/nginx.conf are skipped. Install it (Debian: apt install nginx-light)."


def find() -> str | None:
    return shutil.which("nginx", path=PLACES)


def bring() -> None:
    """Install it from the distribution, where we may; started as a service it would take port 80."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Bringing an nginx for the tests of the proxy: apt-get install nginx-light", flush=True)
        quiet(["apt-get", "update"])
        quiet(["apt-get", "install", "-y", "--no-install-recommends", "nginx-light"])


def main() -> None:
    if not find():
        bring()
    if not find():
        print(MISSING)


if __name__ == "__main__":
    main()

"""The SECRET_KEY of a backup, for a machine that has none yet: it is needed before anything is restored."""

import os
import tarfile
from collections.abc import Iterable
from pathlib import Path

from config.backups import archive


def take_key(arguments: Iterable[str]) -> None:
    """Into the environment, of the first argument that is a backup with one. The file itself is judged by `restore`, and by it alone."""
    for file in filter(Path.is_file, map(Path, arguments)):
        try:
            lines = (archive.member(file, archive.ENVIRONMENT) or b"").decode().splitlines()
        except (OSError, tarfile.TarError, UnicodeError):
            continue  # no backup, or a damaged one, as `restore` says
        for name, _, value in (line.partition("=") for line in lines):
            if name == "SECRET_KEY" and value:
                os.environ.setdefault(name, value)
                return

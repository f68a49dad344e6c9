"""The environment is the only configuration: how it is read, and where an installation keeps it.

A value that is there but wrong stops the start with the name of the variable and what to write instead. `attest.env` in the
data folder (`var/` of a checkout) holds the values of this installation, one NAME=VALUE a line; a variable that is already
set wins over the file.
"""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent  # the checkout, or the folder that a wheel is installed as

YES = {"yes", "true", "on", "1"}
NO = {"no", "false", "off", "0"}


class BadEnvironment(SystemExit):
    """The process cannot start with these variables. Ends it with one line on stderr and exit code 1."""


def envstr(name: str, default: str | None = None, *, remedy: str = "") -> str:
    """The text of a variable; with no default it must be set and not empty."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise BadEnvironment(f"{name} is not set. {remedy}".strip())
    return default


def envbool(name: str, *, default: bool) -> bool:
    """A variable that says yes or no; anything else is an error, never "true because it is not empty"."""
    value = envstr(name, "yes" if default else "no").lower()
    if value in YES | NO:
        return value in YES
    raise BadEnvironment(f"{name} must be yes or no, not {value!r}.")


def envint(name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number between `least` and `most`, both included."""
    value = envstr(name, str(default))
    if value.isascii() and value.isdigit() and least <= int(value) <= most:
        return int(value)
    raise BadEnvironment(f"{name} must be a whole number from {least} to {most}, not {value!r}.")


def envlist(name: str, default: str = "", *, remedy: str = "") -> list[str]:
    """A comma-separated variable, without empty entries."""
    return [part.strip() for part in envstr(name, default, remedy=remedy).split(",") if part.strip()]


def data_folder() -> Path:
    """Where this installation keeps its data: ATTEST_HOME, else `var/` of a checkout, else a folder of the user's data."""
    home = envstr("ATTEST_HOME", "")
    if home and not Path(home).is_absolute():
        raise BadEnvironment(f"ATTEST_HOME must be an absolute path, not {home!r}.")
    if home or (ROOT / "pyproject.toml").exists():
        return Path(home or ROOT / "var")
    from platformdirs import user_data_path  # needed only where Attest is installed

    return user_data_path("attest", appauthor=False)


VAR = data_folder()


def load_installation(file: Path = VAR / "attest.env") -> None:
    """Put the lines of the installation's file into the environment, where the environment does not say otherwise."""
    if not file.exists():
        return
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.isidentifier():
            raise BadEnvironment(f"{file}, line {number}: expected NAME=VALUE.")
        os.environ.setdefault(name, value)


def make_installation(file: Path = VAR / "attest.env") -> None:
    """Give this installation its own secret, once. The file is readable by its owner only."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        "ALLOWED_HOSTS=localhost,127.0.0.1,[::1]",
        "HTTPS_ONLY=no",
    ]
    # Written aside and linked, so that a second process at the same moment neither reads half a file nor makes a second secret.
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write("\n".join(lines) + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()

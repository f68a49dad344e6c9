"""Under which account PostgreSQL runs when we are root, since it refuses to run as root itself.

The account is the owner of what is there already: of the data folder, else of the checkout. A checkout that belongs to root
gets an account of its own (`attest-db`), never one that another service on the machine runs under.
"""

import errno
import os
import pwd
import shutil
import stat
import struct
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.environment import BadEnvironment

NAME = "attest-db"

# Linux keeps a POSIX access list in this attribute: version, then entries (tag, permission bits, id) in the order of the tags.
ACCESS_LIST = "system.posix_acl_access"
OWNER, USER, GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
NO_ID = 0xFFFFFFFF
SEARCH = 0x1


def account_for(data: Path, checkout: Path) -> pwd.struct_passwd | None:
    """The account to run PostgreSQL under; None where it is simply ours, because we are not root."""
    if os.geteuid() != 0:
        return None
    for folder in (data, checkout):
        if folder.exists() and (owner := folder.stat().st_uid):
            with suppress(KeyError):  # a folder from outside a container may have an owner that is unknown inside
                return pwd.getpwuid(owner)
    return own_account()


def own_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        try:
            return pwd.getpwnam(NAME)  # a second process at the same moment was first
        except KeyError:
            raise BadEnvironment(
                f"PostgreSQL does not run as root and the account {NAME} could not be created: create it (useradd --system "
                f"{NAME}), run as another user, or set DATABASE_URL."
            ) from None
    return pwd.getpwnam(NAME)


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """The arguments that make `subprocess` run a program under the account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def open_the_way(account: pwd.struct_passwd | None, data: Path, programs: Path) -> None:
    """Let the account reach its data and the server's programs, also in a home folder that is closed to others.

    Nothing is opened to everybody but the package's own program files; on closed folders above them the one account gets the
    right to pass, not to list.
    """
    if account is None or reaches(account, data, programs):
        return
    package = programs.parent.parent
    libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps the libraries that it brings
    for folder in (programs.parent, libraries):
        make_readable(folder)
    for folder in {*data.parents, *programs.parents}:
        let_pass(account, folder)
    if not reaches(account, data, programs):
        raise BadEnvironment(
            f"The account {account.pw_name}, which runs PostgreSQL, cannot access {data} and {programs}: move the checkout to "
            "a folder that others can enter (chmod o+x), run as another user, or set DATABASE_URL."
        )


def reaches(account: pwd.struct_passwd, data: Path, programs: Path) -> bool:
    script = 'cd "$1" && exec "$2" --version'
    command = ["/bin/sh", "-c", script, "sh", str(data.parent), str(programs / "initdb")]
    process = subprocess.run(command, cwd="/", capture_output=True, check=False, **as_account(account))
    return bool(process.returncode == 0)


def make_readable(folder: Path) -> None:
    """Add what an installation under a strict umask took away: reading for all, running where the owner may run."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink() or not path.exists():
            continue
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IRGRP | stat.S_IROTH | (0o011 if mode & stat.S_IXUSR else 0))


def let_pass(account: pwd.struct_passwd, folder: Path) -> None:
    """Give one account the right to pass through a folder, where others may not."""
    status = folder.stat()
    if status.st_mode & stat.S_IXOTH or status.st_uid == account.pw_uid:
        return
    entries = [entry for entry in access_list(folder) if entry[::2] != (USER, account.pw_uid) and entry[0] != MASK]
    entries.append((USER, SEARCH, account.pw_uid))
    mask = 0
    for tag, permission, _ in entries:
        mask |= permission if tag in {USER, GROUP, 0x08} else 0
    entries.append((MASK, mask, NO_ID))
    packed = b"".join(struct.pack("<HHI", *entry) for entry in sorted(entries, key=lambda entry: (entry[0], entry[2])))
    try:
        os.setxattr(folder, ACCESS_LIST, struct.pack("<I", 2) + packed)
    except OSError as error:
        if error.errno not in {errno.ENOTSUP, errno.EPERM, errno.EROFS}:
            raise


def access_list(folder: Path) -> list[tuple[int, int, int]]:
    """The entries (tag, permission bits, id) of a folder; those of its mode where it has no list."""
    try:
        packed = os.getxattr(folder, ACCESS_LIST)
    except OSError:
        mode = folder.stat().st_mode
        return [(OWNER, mode >> 6 & 7, NO_ID), (GROUP, mode >> 3 & 7, NO_ID), (OTHER, mode & 7, NO_ID)]
    return [struct.unpack_from("<HHI", packed, at) for at in range(4, len(packed), 8)]


def give(account: pwd.struct_passwd | None, path: Path) -> None:
    """Make the account the owner of a new folder or file."""
    if account is not None:
        shutil.chown(path, account.pw_uid, account.pw_gid)

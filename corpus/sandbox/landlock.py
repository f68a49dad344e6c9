"""Landlock: the kernel lets this process read the named files and folders, and do nothing else with any file.

It needs no right, only a kernel since 5.13; each ABI of it can refuse a little more.
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from corpus.sandbox import kernel

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # one number on every architecture
VERSION, PATH_BENEATH = 1, 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
TCP = 0b11  # bind, connect
SCOPES = 0b11  # abstract Unix sockets of others, signals to others
# How many kinds of access to files an ABI knows: files and folders, then links between folders, truncating, devices.
FILE_ACCESS = {1: 13, 2: 14, 3: 15, 4: 15}
MOST_FILE_ACCESS = 16


class PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def restrict(readable: Iterable[str], listed: str) -> int:
    """Refuse all but reading what lies at or beneath these paths, and TCP too; the ABI of the kernel. Raises OSError without Landlock.

    `listed`: a folder of which the names may be seen, since Python looks for packages there.

    Sockets of PostgreSQL and other services have a path, but Landlock does not look at it: seccomp refuses those.
    """
    abi = kernel.call(CREATE_RULESET, 0, 0, VERSION)
    files = (1 << FILE_ACCESS.get(abi, MOST_FILE_ACCESS)) - 1
    attributes = (ctypes.c_uint64 * 3)(files, TCP if abi >= 4 else 0, SCOPES if abi >= 6 else 0)
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    rules = kernel.call(CREATE_RULESET, ctypes.addressof(attributes), size)
    try:
        allow(rules, listed, READ_DIR)
        for path in readable:
            allow(rules, path, READ_FILE | READ_DIR)
        kernel.call(RESTRICT_SELF, rules)
    finally:
        os.close(rules)
    return abi


def allow(rules: int, path: str, access: int) -> None:
    """Allow this beneath a folder, or to a file; what is not there needs no rule."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = PathBeneath(access if Path(path).is_dir() else access & READ_FILE, descriptor)
        kernel.call(ADD_RULE, rules, PATH_BENEATH, ctypes.addressof(rule))
    finally:
        os.close(descriptor)

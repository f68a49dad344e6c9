"""What a process does to itself: `isolate` before its imports, `confine` after them.

A user namespace can only be made while the process has one thread, and a library that calculates starts more when it is
imported. Landlock comes as early, since it binds the thread that asks for it and those that it starts. What imports need,
seccomp forbids, so it comes last. Each layer that the system does not give is done without, and missing in the report.

This module imports nothing but what Python itself brings and starts no thread.
"""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus.sandbox import kernel, landlock, seccomp
from corpus.sandbox.layers import Layers

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = {"site-packages", "dist-packages"}
MEGABYTE = 1_000_000
MEMORY = 400 * MEGABYTE
# What libraries open only when they need it: programs, fonts, time zones. Nothing below /etc but this, /home, /proc, /run or /var.
SYSTEM = (
    "/lib /lib64 /usr/lib /usr/lib64 /usr/local/lib /usr/share/zoneinfo /usr/share/fonts /usr/share/X11/fonts /usr/local/share/fonts "
    "/etc/ld.so.cache /etc/localtime /etc/timezone /dev/null /dev/urandom"
).split()
# An account that neither Debian nor systemd gives to anybody, and that exists in a container with 65,536 of them.
NOBODYS = 65533
SET_NO_NEW_PRIVS, KEEP_CAPABILITIES = 38, 8
DAC_READ_SEARCH, SETUID = 1 << 2, 1 << 7  # capabilities
# What a reader never does: it has all that it needs in memory already.
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "shutil.",
    "ctypes.dlopen",
)


layers = Layers()
"""Of this process."""
folders: list[str] = []
"""From which this process imports modules."""


def isolate(module: str) -> None:
    """Before the imports: no network, no new rights, no file but those that the module may import or need."""
    layers.uid, layers.network = os.getuid(), leave_network()
    folders.extend(code(module))
    with suppress(OSError):
        layers.no_new_privs = kernel.prctl(SET_NO_NEW_PRIVS, 1) == 0
    with suppress(OSError):
        layers.landlock = landlock.restrict([*SYSTEM, *folders], listed=str(ROOT))


def leave_network() -> bool:
    """Whether this process is in a network namespace of its own now, with nothing in it. Root needs no user namespace for that."""
    for namespaces in (os.CLONE_NEWNET, os.CLONE_NEWUSER | os.CLONE_NEWNET):
        with suppress(OSError):
            os.unshare(namespaces)
            return True
    return False


def code(module: str) -> list[str]:
    """Where Python finds modules; of the checkout only the packages, since `var` lies beside them. Installed, we lie in a `sys.path`."""
    packages = {"corpus", "registry", module.partition(".")[0]}  # the native format takes its dates of birth from the registry
    elsewhere = [path for path in sys.path if path and (Path(path).name in INSTALLED or not ROOT.is_relative_to(path))]
    return [*elsewhere, *(str(ROOT / name) for name in sorted(packages))]


def confine(memory: int = MEMORY) -> Layers:
    """After the imports: from here on no call but those on a list, no other rights than anybody's, and little memory."""
    for limit, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
    if os.geteuid() == 0:
        leave_root()
    with suppress(OSError):
        kernel.capset(DAC_READ_SEARCH if layers.reads_all else 0)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    with suppress(OSError):
        seccomp.restrict()
        layers.seccomp = True
    sys.addaudithook(refuse)
    return layers


def leave_root() -> None:
    """Become nobody, with the one right to read where the code lies in a folder that is closed to others: some is imported late.

    Where the system does not let that right be kept, the process stays root.
    """
    with suppress(OSError):
        os.setgroups([])
        os.setresgid(NOBODYS, NOBODYS, NOBODYS)
        os.seteuid(NOBODYS)
        closed = any(map(is_closed, folders))
        os.seteuid(0)
        if closed:
            kernel.prctl(KEEP_CAPABILITIES, 1)
            kernel.capset(DAC_READ_SEARCH | SETUID)
        os.setresuid(NOBODYS, NOBODYS, NOBODYS)
        layers.uid, layers.reads_all = NOBODYS, closed


def is_closed(folder: str) -> bool:
    try:
        next(Path(folder).iterdir(), None)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event.startswith(FORBIDDEN):
        raise PermissionError(f"a reader may not do this: {event}")

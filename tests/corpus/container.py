"""Runs a program where the kernel refuses some calls, as it does in containers, under old kernels and other architectures.

`python -m tests.corpus.container unshare,seccomp PROGRAM …`
"""

import errno
import os
import sys

from corpus.sandbox import kernel, seccomp

NUMBERS = {
    "x86_64": {"unshare": 272, "landlock": 444, "seccomp": 317, "setresuid": 117},
    "aarch64": {"unshare": 97, "landlock": 444, "seccomp": 277, "setresuid": 147},
}[os.uname().machine]


def refuse(names: list[str]) -> None:
    kernel.prctl(38, 1)  # no_new_privs, without which only root may have a filter
    machine = seccomp.ARCHITECTURES[os.uname().machine]
    program = [(seccomp.LOAD, 0, 0, seccomp.NUMBER)]
    for name in names:
        program += [(seccomp.EQUAL, 0, 1, NUMBERS[name]), seccomp.refused(errno.EPERM)]
    seccomp.install(machine, [*program, (seccomp.RETURN, 0, 0, seccomp.ALLOW)])


if __name__ == "__main__":
    refuse([name for name in sys.argv[1].split(",") if name])
    os.execv(sys.argv[2], sys.argv[2:])

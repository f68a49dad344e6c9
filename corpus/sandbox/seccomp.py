"""seccomp: the kernel refuses each system call that is not on the list, whatever its arguments point at.

The filter is a program of classic BPF that is put together here: libseccomp is not on every machine, and its Python binding
needs a compiler. A list of what is allowed outlives new kernels, since what they add is refused unseen.
"""

import ctypes
import errno
import os
from collections.abc import Iterator
from typing import NamedTuple

from corpus.sandbox import kernel
from corpus.sandbox.syscalls import ALLOWED, LIMITED

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # of a BPF program
KILL, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000  # what the kernel does
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # bytes into struct seccomp_data
SET_MODE_FILTER, TSYNC = 1, 1
# From here on calls are new, their numbers are the same everywhere, and libc has an older way where it is told that they are not there.
NEW = 424
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | (os.O_TMPFILE & ~os.O_DIRECTORY)
TCGETS, FIOCLEX = 0x5401, 0x5451
COMMANDS = (0, 1, 2, 3, 1030)  # of fcntl: duplicate, read and set flags of the descriptor, read those of the file

Instruction = tuple[int, int, int, int]
"""Code, how many to skip if true, how many if false, operand."""


class Architecture(NamedTuple):
    """`audit` is how the kernel names it to a filter; `column` that of its numbers in corpus.sandbox.syscalls."""

    audit: int
    column: int
    seccomp: int


ARCHITECTURES = {"x86_64": Architecture(0xC000003E, 0, 317), "aarch64": Architecture(0xC00000B7, 1, 277)}


class Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_void_p)]


def restrict() -> None:
    """Allow what a reader needs, in all threads, for good. Raises OSError where the kernel cannot do that."""
    machine = ARCHITECTURES.get(os.uname().machine)
    if machine is None:
        raise OSError(errno.ENOSYS, f"no system calls of {os.uname().machine} are listed")
    install(machine, program(machine, os.getpid()))


def install(machine: Architecture, instructions: list[Instruction]) -> None:
    packed = b"".join(packed_instruction(one) for one in instructions)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    whole = Filter(len(instructions), ctypes.addressof(buffer))
    if kernel.call(machine.seccomp, SET_MODE_FILTER, TSYNC, ctypes.addressof(whole)):
        raise OSError(errno.EBUSY, "a thread has a filter of its own")


def packed_instruction(one: Instruction) -> bytes:
    code, if_true, if_false, operand = one
    return code.to_bytes(2, "little") + bytes([if_true, if_false]) + operand.to_bytes(4, "little")


def program(machine: Architecture, own: int) -> list[Instruction]:
    """Ends the process for a call by the door of another architecture. `own`: number of the process."""
    instructions: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, machine.audit),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
    ]
    for numbers in ALLOWED.values():
        instructions += where(numbers[machine.column], [(RETURN, 0, 0, ALLOW)])
    for name, test in limits(own).items():
        instructions += where(LIMITED[name][machine.column], test)
    # Also the calls of x32, whose numbers begin at 2 ** 30.
    return [*instructions, (AT_LEAST, 0, 1, NEW), refused(errno.ENOSYS), refused(errno.EPERM)]


def where(number: int | None, then: list[Instruction]) -> Iterator[Instruction]:
    if number is not None:
        yield (EQUAL, 0, len(then), number)
        yield from then


def limits(own: int) -> dict[str, list[Instruction]]:
    """Which arguments the limited calls may have: files are only read, limits and signals only for oneself."""
    return {
        "open": without(1, WRITING),
        "openat": without(2, WRITING),
        "prlimit64": one_of(0, 0),
        "tgkill": one_of(0, own),
        "fcntl": one_of(1, *COMMANDS),
        "ioctl": one_of(1, TCGETS, FIOCLEX),
    }


def without(argument: int, bits: int) -> list[Instruction]:
    return [(LOAD, 0, 0, ARGUMENTS + 8 * argument), (ANY_BIT, 0, 1, bits), refused(errno.EPERM), (RETURN, 0, 0, ALLOW)]


def one_of(argument: int, *values: int) -> list[Instruction]:
    tests = [(EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)]
    return [(LOAD, 0, 0, ARGUMENTS + 8 * argument), *tests, refused(errno.EPERM), (RETURN, 0, 0, ALLOW)]


def refused(error: int) -> Instruction:
    return (RETURN, 0, 0, ERRNO | error)

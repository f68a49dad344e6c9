"""System calls that Python has no function for. Nothing here may start a thread: see corpus.sandbox.process."""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.argtypes = [ctypes.c_long] * 7
LIBC.syscall.restype = ctypes.c_long
LIBC.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
LIBC.capset.argtypes = [ctypes.c_void_p, ctypes.c_void_p]

CAPABILITY_VERSION = 0x20080522


def call(number: int, *arguments: int) -> int:
    """The result of a system call. Raises OSError."""
    return checked(LIBC.syscall(number, *arguments, *[0] * (6 - len(arguments))))


def prctl(option: int, *arguments: int) -> int:
    """Change what holds for this process; see the manual, part 2. Raises OSError."""
    return checked(LIBC.prctl(option, *arguments, *[0] * (4 - len(arguments))))


def capset(kept: int) -> None:
    """Keep these capabilities (a bit each) of those permitted, and none for programs to be run. Raises OSError."""
    low, high = kept & 0xFFFFFFFF, kept >> 32
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    checked(LIBC.capset(header, (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)))


def checked(status: int) -> int:
    if status < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return status

"""The filter means what its lists say, on each architecture: the program is run here as the kernel runs it."""

import errno
import os

import pytest

from corpus.sandbox import seccomp
from corpus.sandbox.syscalls import ALLOWED, LIMITED

ME = 4711
ALLOW, REFUSE, ABSENT, KILL = "allow", "refuse", "absent", "kill"
VERDICTS = {
    seccomp.ALLOW: ALLOW,
    seccomp.KILL: KILL,
    seccomp.ERRNO | errno.EPERM: REFUSE,
    seccomp.ERRNO | errno.ENOSYS: ABSENT,
}
# Numbers on x86_64 and aarch64 of calls that no reader makes.
FORBIDDEN = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "clone": (56, 220),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "tkill": (200, 130),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "unlinkat": (263, 35),
    "renameat2": (316, 276),
    "mkdirat": (258, 34),
    "linkat": (265, 37),
    "symlinkat": (266, 36),
    "fchmodat": (268, 53),
    "fchownat": (260, 54),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "mount": (165, 40),
    "umount2": (166, 39),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "setuid": (105, 146),
    "setresuid": (117, 147),
    "setns": (308, 268),
    "unshare": (272, 97),
    "memfd_create": (319, 279),
    "open_by_handle_at": (304, 265),
    "prctl": (157, 167),
    "seccomp": (317, 277),
    "perf_event_open": (298, 241),
    "shmget": (29, 194),
    "inotify_init1": (294, 26),
}
NEW = {"pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434, "clone3": 435, "openat2": 437, "pidfd_getfd": 438}


def run(machine, number, arguments=(), audit=None):
    data = {seccomp.NUMBER: number, seccomp.ARCHITECTURE: machine.audit if audit is None else audit}
    data |= {seccomp.ARGUMENTS + 8 * at: value for at, value in enumerate([*arguments, *[0] * (6 - len(arguments))])}
    value, at = 0, 0
    tests = {seccomp.EQUAL: int.__eq__, seccomp.AT_LEAST: int.__ge__, seccomp.ANY_BIT: int.__and__}
    program = seccomp.program(machine, ME)
    while True:
        code, if_true, if_false, operand = program[at]
        if code == seccomp.RETURN:
            return VERDICTS[operand]
        if code == seccomp.LOAD:
            value = data[operand]
        else:
            at += if_true if tests[code](value, operand) else if_false
        at += 1


machines = pytest.mark.parametrize("machine", seccomp.ARCHITECTURES.values(), ids=list(seccomp.ARCHITECTURES))


@machines
def test_what_is_on_the_list_is_allowed_and_nothing_else_below_the_new_calls(machine):
    allowed = {numbers[machine.column] for numbers in ALLOWED.values()} - {None}
    limited = {numbers[machine.column] for numbers in LIMITED.values()} - {None}
    for number in range(seccomp.NEW):
        if number not in limited:
            assert run(machine, number) == (ALLOW if number in allowed else REFUSE), number


@machines
@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_no_reader_does_is_refused(machine, name):
    assert run(machine, FORBIDDEN[name][machine.column]) == REFUSE


@machines
@pytest.mark.parametrize("number", [*NEW.values(), 470, 10_000, (1 << 30) + 41, 0xFFFFFFFF])
def test_new_calls_and_those_of_x32_are_not_there(machine, number):
    assert run(machine, number) == ABSENT


@machines
def test_the_door_of_another_architecture_ends_the_process(machine):
    for other in (0x40000003, 0x40000028, *{one.audit for one in seccomp.ARCHITECTURES.values()} - {machine.audit}):
        assert run(machine, 0, audit=other) == KILL


@machines
def test_files_are_opened_for_reading_only(machine):
    number = LIMITED["openat"][machine.column]
    reading = (0, os.O_CLOEXEC, os.O_DIRECTORY | os.O_CLOEXEC | os.O_NONBLOCK, os.O_PATH)
    writing = (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND, os.O_TMPFILE, os.O_RDWR | os.O_CLOEXEC)
    assert {run(machine, number, (0, 0, flags)) for flags in reading} == {ALLOW}
    assert {run(machine, number, (0, 0, flags)) for flags in writing} == {REFUSE}


@machines
def test_limits_and_signals_are_for_oneself(machine):
    prlimit, tgkill = LIMITED["prlimit64"][machine.column], LIMITED["tgkill"][machine.column]
    assert (run(machine, prlimit, (0,)), run(machine, prlimit, (1,))) == (ALLOW, REFUSE)
    assert (run(machine, tgkill, (ME,)), run(machine, tgkill, (1,))) == (ALLOW, REFUSE)


@machines
def test_a_descriptor_gets_no_owner_and_no_commands_of_a_device(machine):
    fcntl, ioctl = LIMITED["fcntl"][machine.column], LIMITED["ioctl"][machine.column]
    assert {run(machine, fcntl, (0, command)) for command in seccomp.COMMANDS} == {ALLOW}
    assert {run(machine, fcntl, (0, command)) for command in (4, 8, 10, 1024, 1031)} == {REFUSE}
    assert (run(machine, ioctl, (0, 0x5401)), run(machine, ioctl, (0, 0x5412))) == (ALLOW, REFUSE)

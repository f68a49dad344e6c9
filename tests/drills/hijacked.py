"""A reader that somebody else has taken over: it makes calls to the kernel as a hole in a parser would, past all that Python watches.

`python -m corpus.sandbox tests.drills.hijacked` runs it in the sandbox, for `Child`. `python -m tests.drills.hijacked TARGETS` is
the control: the order of statements that readers had before there was a sandbox, then the same calls. There they succeed, maybe as
root: none of them may harm the machine. What would, names a place that is not there, and ENOENT says that it was let through.
"""

import ctypes
import errno
import json
import mmap
import os
import resource
import socket
import struct
import sys
from contextlib import suppress
from types import SimpleNamespace

from corpus.readers import __main__ as process
from corpus.readers import records
from corpus.readers.extracted import Record
from corpus.sandbox.process import MEMORY, refuse

LIBC = ctypes.CDLL(None, use_errno=True)
USERFAULTFD, KEYCTL, SETNS, BPF, TGKILL = {"x86_64": (323, 250, 308, 321, 234), "aarch64": (282, 219, 268, 280, 131)}[
    os.uname().machine
]
PIDFD_OPEN, CLONE3, OPENAT2, IO_URING_SETUP = 434, 435, 437, 425
X32_SOCKET = (1 << 30) + 41
SEIZE = 0x4206  # of ptrace: attach without stopping
DETACH = 17


def ask(result):
    """What a call came to: done, or the name of its error."""
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]


def call(number, *arguments):
    return ask(LIBC.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments)))


def tcp(at):
    one = LIBC.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    return ask(one) if one < 0 else ask(LIBC.connect(one, inet(at.port), 16))


def udp(at):
    one = LIBC.socket(socket.AF_INET, socket.SOCK_DGRAM, 0)
    return ask(one) if one < 0 else ask(LIBC.sendto(one, b"x", 1, 0, inet(at.port), 16))


def inet(port):
    return struct.pack("=HH4s8x", socket.AF_INET, socket.htons(port), socket.inet_aton("127.0.0.1"))


def database(role):
    """Whether PostgreSQL lets us in as this role, asked over its socket's path."""

    def act(at):
        one = LIBC.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
        path = struct.pack("=H108s", socket.AF_UNIX, at.socket.encode())
        if one < 0 or LIBC.connect(one, path, len(path)) < 0:
            return ask(-1)
        body = struct.pack(">I", 196608) + f"user\0{role}\0database\0postgres\0\0".encode()
        packet = struct.pack(">I", len(body) + 4) + body
        LIBC.write(one, packet, len(packet))
        answer = ctypes.create_string_buffer(9)
        LIBC.read(one, answer, 9)
        return "done" if answer.raw == b"R\0\0\0\x08\0\0\0\0" else "EACCES"

    return act


def fork(at):
    child = LIBC.fork()
    if child == 0:
        LIBC._exit(0)
    return ask(child)


def reads(name):
    def act(at):
        one = LIBC.open(at.files[name].encode(), os.O_RDONLY)
        return ask(one) if one < 0 else ask(LIBC.read(one, ctypes.create_string_buffer(64), 64))

    return act


def traced(at):
    """Attaches to the parent without stopping it, and lets go."""
    found = ask(LIBC.ptrace(SEIZE, at.parent, None, None))
    LIBC.ptrace(DETACH, at.parent, None, None)
    return found


def peeked(at):
    here = ctypes.create_string_buffer(8)
    piece = (ctypes.c_size_t * 2)(ctypes.addressof(here), 8)
    return ask(LIBC.process_vm_readv(at.parent, piece, 1, piece, 1, 0))


ACTS = {
    "tcp": tcp,
    "udp": udp,
    "attest": database("attest"),
    "postgres": database("postgres"),
    "socketpair": lambda at: ask(LIBC.socketpair(socket.AF_UNIX, socket.SOCK_STREAM, 0, (ctypes.c_int * 2)())),
    "read attest.env": reads("env"),
    "read /etc/shadow": reads("shadow"),
    "write a new file": lambda at: ask(LIBC.open(f"{at.folder}/new".encode(), os.O_WRONLY | os.O_CREAT, 0o600)),
    "write a file": lambda at: ask(LIBC.open(at.files["own"].encode(), os.O_RDWR)),
    "empty a file": lambda at: ask(LIBC.open(at.files["own"].encode(), os.O_TRUNC)),
    "creat": lambda at: ask(LIBC.creat(f"{at.folder}/new".encode(), 0o600)),
    "openat2": lambda at: call(OPENAT2, -100, 0, 0, 0),
    "truncate": lambda at: ask(LIBC.truncate(at.files["own"].encode(), ctypes.c_long(0))),
    "mkdir": lambda at: ask(LIBC.mkdir(f"{at.folder}/made".encode(), 0o700)),
    "chmod": lambda at: ask(LIBC.chmod(at.files["own"].encode(), 0o666)),
    "symlink": lambda at: ask(LIBC.symlink(b"/etc/passwd", f"{at.folder}/link".encode())),
    "link": lambda at: ask(LIBC.link(at.files["own"].encode(), f"{at.folder}/second".encode())),
    "rename": lambda at: ask(LIBC.rename(at.files["own"].encode(), f"{at.folder}/renamed".encode())),
    "unlink": lambda at: ask(LIBC.unlink(at.files["gone"].encode())),
    "fork": fork,
    "clone3": lambda at: call(CLONE3, 0, 0),  # clone3 with nothing: EINVAL where it is looked at
    "kill the parent": lambda at: ask(LIBC.kill(at.parent, 0)),
    "signal a thread of it": lambda at: call(TGKILL, at.parent, at.parent, 0),
    "ptrace the parent": traced,
    "read its memory": peeked,
    "limit the parent": lambda at: ask(LIBC.prlimit(at.parent, resource.RLIMIT_NOFILE, None, (ctypes.c_ulong * 2)())),
    "pidfd_open": lambda at: call(PIDFD_OPEN, at.parent, 0),
    "memfd_create": lambda at: ask(LIBC.memfd_create(b"x", 0)),
    "shmget": lambda at: ask(LIBC.shmget(0x600D, ctypes.c_size_t(1), 0)),
    "io_uring_setup": lambda at: call(IO_URING_SETUP, 1, 0),
    "userfaultfd": lambda at: call(USERFAULTFD, 1),
    "keyctl": lambda at: call(KEYCTL, 0, -3, 1),
    "setns": lambda at: call(SETNS, -1, 0),
    "bpf": lambda at: call(BPF, 0, 0, 0),
    "mount": lambda at: ask(LIBC.mount(b"x", f"{at.folder}/nothing".encode(), b"tmpfs", ctypes.c_ulong(0), None)),
    "unshare": lambda at: ask(LIBC.unshare(os.CLONE_NEWUSER)),
    "become root": lambda at: ask(LIBC.setresuid(0, 0, 0)),
    "socket of x32": lambda at: call(X32_SOCKET, socket.AF_INET, socket.SOCK_STREAM, 0),
    "execve": lambda at: ask(LIBC.execve(f"{at.folder}/nothing".encode(), None, None)),
}


def other_door(at):
    """getpid by the door of 32-bit programs, in machine code."""
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")  # mov eax, 20; int 0x80; ret
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def attack(targets):
    at = SimpleNamespace(**targets, parent=os.getppid())
    return {name: act(at) for name, act in ACTS.items()}


def claims(data, name, kind):
    return data.startswith(b"attack:")


def read(data, name, url, kind):
    targets = json.loads(data.removeprefix(b"attack:"))
    outcome = other_door(targets) if name == "other door" else attack(targets)
    yield Record(raw=data, raw_text=json.dumps(outcome), encoding="utf-8", encoding_basis="", reader="hijacked")


def confine_as_before():
    """What corpus.readers did at bebb691, after its imports had started a thread."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for namespaces in (os.CLONE_NEWNET, os.CLONE_NEWUSER | os.CLONE_NEWNET):
        with suppress(OSError):
            os.unshare(namespaces)
            break
    sys.addaudithook(refuse)


if __name__ == "__main__":
    if sys.argv[1:]:
        confine_as_before()
        print(json.dumps(attack(json.loads(sys.argv[1]))))
    else:
        records.READERS = {"hijacked": SimpleNamespace(claims=claims, read=read), **records.READERS}
        process.main()

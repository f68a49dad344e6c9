"""Two machines on one: each has a network, an address and a host name of its own, and both have the same files. They end with this process.

Who has the right makes their namespaces as they are; anybody else within a namespace of users, which the sandbox of the readers needs, too.
"""

import shlex
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

ADDRESSES = {"first": "10.213.0.1", "second": "10.213.0.2"}
HOSTS = "127.0.0.1 localhost\n10.213.0.1 first\n"  # of both
OWN = ["unshare", "--net", "--uts", "--mount"]
BEGIN = 'mount --bind "$1" /etc/hosts && hostname "$2" && ip link set lo up && echo ready && exec cat'
WITHIN = 'cd "$1" && shift && exec "$@"'


def are_possible():
    """Whether this machine has the programs, and lets us make a network with a wire."""
    wire = ["ip", "link", "add", "wire", "type", "veth", "peer", "name", "other"]
    if not all(map(shutil.which, ("ip", "unshare", "nsenter"))):
        return False
    ways = [[*OWN, *wire], [*OWN, "--user", "--map-root-user", *wire]]
    return any(not subprocess.run(way, check=False, stderr=subprocess.DEVNULL).returncode for way in ways)


class Machine:
    """`pid`: of the process that holds its namespaces; `users`: options of `nsenter` for that of users, if there is one."""

    def __init__(self, name, pid, users):
        self.name, self.pid, self.users = name, pid, users

    def within(self, folder, *command):
        """A command on this machine, begun in a folder."""
        enter = ["nsenter", f"--target={self.pid}", *self.users, "--net", "--uts", "--mount"]
        return [*enter, "sh", "-c", WITHIN, "sh", str(folder), *map(str, command)]

    def ip(self, text):
        subprocess.run(self.within("/", "ip", *shlex.split(text)), check=True)

    def asks(self, program):
        """What a program of Python prints there; empty where it fails."""
        return subprocess.run(
            self.within("/", sys.executable, "-c", program), check=False, capture_output=True, text=True
        ).stdout.strip()


@contextmanager
def two_machines(folder: Path):
    by_right = not subprocess.run([*OWN, "true"], check=False, stderr=subprocess.DEVNULL).returncode
    users = [] if by_right else ["--user", "--preserve-credentials"]

    def begun(name, *enter):
        hosts = folder / f"hosts-{name}"
        hosts.write_text(HOSTS + ("127.0.1.1 second\n" if name == "second" else ""))  # as Debian writes its own name
        command = [*enter, "sh", "-c", BEGIN, "sh", str(hosts), name]
        holder = stack.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        stack.callback(holder.kill)
        assert holder.stdout.readline() == "ready\n"
        return Machine(name, holder.pid, users)

    with ExitStack() as stack:
        first = begun("first", *OWN, *([] if by_right else ["--user", "--map-root-user"]))
        second = begun("second", *([] if by_right else ["nsenter", f"--target={first.pid}", *users]), *OWN)
        first.ip(f"link add wire type veth peer name wire netns {second.pid}")
        for machine in (first, second):
            machine.ip(f"address add {ADDRESSES[machine.name]}/24 dev wire")
            machine.ip("link set wire up")
        yield first, second

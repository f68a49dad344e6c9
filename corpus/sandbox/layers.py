"""Which layers of the sandbox there are around a process."""

from dataclasses import dataclass

REMEDY = (
    "allow its processes to set a seccomp filter, or a network namespace and Landlock rules (docs/deployment.md, Readers), "
    "or set READERS=lenient to read without"
)


@dataclass
class Layers:
    """What the kernel confirmed before the process was given anything to read.

    `landlock`: its ABI, 0 without. `uid`: the account as the machine counts. `reads_all`: the account may read files of every
    other one, as far as Landlock lets it, since the code lies where it could not go.
    """

    network: bool = False
    landlock: int = 0
    no_new_privs: bool = False
    seccomp: bool = False
    uid: int = 0
    reads_all: bool = False

    @property
    def hold(self) -> bool:
        """Whether the kernel keeps a hijacked parser from the network: by its calls, or by where it is and what it may open."""
        return self.seccomp or (self.network and self.landlock > 0)

    def states(self) -> dict[str, bool]:
        return {
            "network namespace": self.network,
            "Landlock": self.landlock > 0,
            "no_new_privs": self.no_new_privs,
            "seccomp": self.seccomp,
            "unprivileged account": self.uid != 0 and not self.reads_all,
        }

    def __str__(self) -> str:
        """For people who run the machine: seccomp, uid 65533 …; missing: Landlock."""
        states = self.states()
        there = [name for name, holds in states.items() if holds]
        missing = [name for name, holds in states.items() if not holds]
        return f"{', '.join([*there, f'uid {self.uid}'])}; missing: {', '.join(missing) or 'nothing'}"

"""A reader says which layers hold it; where the system gives too few, nothing is read."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import ROOT
from corpus.readers import sandboxed
from corpus.sandbox.frames import LENGTHS
from corpus.sandbox.layers import Layers
from corpus.sandbox.process import NOBODYS

REPORT = ["-m", "corpus.sandbox", "corpus.sandbox.frames"]
READ = """
from corpus.readers import sandboxed
sandboxed.strict = {strict}
print([getattr(found, "raw_text", "") or found.why for found in sandboxed.records(b"Bank A was listed.", "a.txt")])
"""
ROOTS = os.getuid() == 0
EVERYTHING = {"network": True, "landlock": True, "no_new_privs": True, "seccomp": True, "uid": NOBODYS if ROOTS else os.getuid()}


def without(refused, arguments):
    """What a program says where the kernel refuses these calls."""
    program = ["-m", "tests.corpus.container", refused, sys.executable, *arguments]
    return subprocess.run([sys.executable, *program], cwd=ROOT, capture_output=True, check=False)


def layers(refused):
    result = without(refused, REPORT)
    head, _ = LENGTHS.unpack(result.stdout[: LENGTHS.size])
    return json.loads(result.stdout[LENGTHS.size : LENGTHS.size + head])["layers"], result.returncode


@pytest.mark.parametrize(
    ("refused", "missing", "status"),
    [
        ("", {}, 0),
        ("unshare", {"network": False}, 0),
        ("landlock", {"landlock": False}, 0),
        ("seccomp", {"seccomp": False}, 0),
        ("setresuid", {"uid": 0} if ROOTS else {}, 0),
        ("unshare,landlock", {"network": False, "landlock": False}, 0),
        ("unshare,seccomp", {"network": False, "seccomp": False}, 1),
        ("landlock,seccomp", {"landlock": False, "seccomp": False}, 1),
        ("unshare,landlock,seccomp", {"network": False, "landlock": False, "seccomp": False}, 1),
    ],
)
def test_what_the_system_does_not_give_is_missing_and_the_rest_holds(refused, missing, status):
    found, ended = layers(refused)
    assert found.pop("reads_all") is False
    assert found | {"landlock": found["landlock"] > 0} == EVERYTHING | missing
    assert ended == status


def test_where_the_sandbox_does_not_hold_nothing_is_read_and_the_remedy_is_named():
    said = without("unshare,landlock,seccomp", ["-c", READ.format(strict=True)]).stdout.decode()
    assert "files cannot be read, since the sandbox of the readers is not available" in said
    assert "READERS=lenient" in said
    assert "Bank A" not in said


def test_lenient_reads_without():
    said = without("unshare,landlock,seccomp", ["-c", READ.format(strict=False)]).stdout.decode()
    assert said == "['Bank A was listed.']\n"


def test_a_process_that_does_not_say_what_holds_it_is_not_listened_to(monkeypatch):
    monkeypatch.setattr(sandboxed, "SILENCE_SECONDS", 1)
    child = sandboxed.Child("json.tool")  # waits for its input without a word
    with pytest.raises(sandboxed.DeadError):
        list(child.answer(b""))


@pytest.mark.parametrize(
    ("layers", "hold", "said"),
    [
        (Layers(seccomp=True, uid=7), True, "seccomp, unprivileged account, uid 7; missing: network namespace, Landlock, no_new_privs"),
        (Layers(network=True, landlock=7), True, "network namespace, Landlock, uid 0; missing: no_new_privs, seccomp, unprivileged account"),
        (Layers(network=True, no_new_privs=True, uid=7), False, ""),
        (Layers(landlock=7, uid=7, reads_all=True), False, ""),
        (Layers(True, 7, True, True, 7), True, "network namespace, Landlock, no_new_privs, seccomp, unprivileged account, uid 7; missing: nothing"),
    ],
)  # fmt: skip
def test_what_holds_is_told_in_words(layers, hold, said):
    assert layers.hold is hold
    assert not said or str(layers) == said


def test_code_behind_a_closed_folder_can_still_be_imported(tmp_path):
    """As root in a checkout below /root: the account of nobody keeps the right to read, and says so."""
    tmp_path.chmod(0o700)
    subprocess.run(["cp", "-r", ROOT / "corpus", tmp_path], check=True)
    program = "from corpus.readers import sandboxed; print(sandboxed.layers().uid, sandboxed.layers().reads_all); " + READ.format(
        strict=True
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    account = f"{NOBODYS} True" if ROOTS else f"{os.getuid()} False"
    assert result.stdout.splitlines() == [account, "['Bank A was listed.']"]

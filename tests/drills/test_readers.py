"""Whoever takes over a reader gets nothing, under whatever account Attest runs; the same calls get everything without the sandbox."""

import json
import os
import pwd
import subprocess
import sys

import pytest

from config.environment import ROOT

OWN = os.getuid()
# As root also a plain account, under which a namespace needs one of users, and no file is out of reach.
PLAIN = pwd.getpwnam("nobody").pw_uid if OWN == 0 else OWN
REACHED = {
    "attest",
    "read attest.env",
    "write a new file",
    "write a file",
    "unlink",
    "fork",
    "kill the parent",
    "limit the parent",
}


@pytest.fixture(scope="module", params=sorted({OWN, PLAIN}))
def told(request):
    account = {} if request.param == OWN else {"user": PLAIN, "group": PLAIN, "extra_groups": []}
    command = [sys.executable, "-m", "tests.drills.readers"]
    return json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, **account).stdout)


def test_a_hijacked_reader_gets_nothing(told):
    assert told["layers"]["seccomp"]
    assert {name: error for name, error in told["outcome"].items() if error not in {"EPERM", "ENOSYS", "EACCES"}} == {}
    assert told["other door"] in {"its reader was ended by SIGSYS", "there is none"}


def test_without_the_sandbox_the_same_calls_reach_all_that_is_there(told):
    """The control: it says that the calls are real."""
    reached = {name for name, outcome in told["control"].items() if outcome == "done"}
    assert reached >= REACHED
    assert told["uid"] == 0 or reached >= {"tcp", "udp"}  # a plain account kept the network, since a thread had started

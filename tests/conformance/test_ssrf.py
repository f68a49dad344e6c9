"""Addresses, names and redirects that are made to lead a server into its own network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from corpus.intake.fetch import FetchError, fetch
from tests.conformance.material import cases, material
from tests.corpus.web import web

PAGE = b"<html><head><meta http-equiv=refresh content='0;url=http://127.0.0.1/canary'></head><body><p>Bank A.</p></body></html>"


def read(name: str) -> Any:
    return json.loads(material("attack", name).read_text("utf-8"))


@pytest.fixture
def net():
    with web() as made:
        made.names |= {name: facts["answers"] for name, facts in read("ssrf_dns.json").items()}
        made.pages |= dict.fromkeys(("/canary", "/ok", "/r2b", "/r6"), (200, {}, PAGE))
        yield made


def verdict(net, url: str) -> str:
    why = ""
    try:
        fetch(url, network=net)
    except FetchError as error:
        why = str(error)
    # No address that a name led to, and nothing of an answer: our own limits are the only figures.
    assert not re.search(r"\d", re.sub(r"20 MB|60 seconds|5 redirects", "", why)), why
    return "error" if "host not found" in why or "redirects" in why else "block" if why else "allow"


def addresses(port: int) -> Iterator[tuple[str, str, str]]:
    for name, expect, url in cases("ssrf.txt"):
        # Our ports are the usual ones only, so that without a port the address itself has to be refused too.
        yield name, expect, url.replace("{PORT}", str(port))
        yield f"{name} on the usual port", expect, url.replace(":{PORT}", "")


def test_every_address_gets_the_right_verdict_and_the_canary_hears_nothing(net) -> None:
    wrong = []
    for name, expect, url in addresses(net.port):
        net.looked_up.clear()
        got = verdict(net, url)
        if got != expect and not (expect == "block" and got == "error" and not net.connected):
            wrong.append((name, expect, got, url))
        if expect != "allow":
            assert all(path == "/robots.txt" and host == "rebind.test" for host, path in net.asked), (name, net.asked)
        net.asked.clear()
        net.connected.clear()
    assert wrong == []


def test_every_chain_of_redirects_gets_the_right_verdict(net) -> None:
    for case in read("ssrf_redirects.json"):
        path = "/" + case["start"].rpartition("/")[2]
        for status, target in case.get("hops", ()):
            net.pages[path] = (status, {"Location": target.replace("{PORT}", str(net.port))}, b"")
            path = "/" + target.rpartition("/")[2]
        net.asked.clear()
        assert verdict(net, case["start"]) == case["expect"].partition("-")[0], case
        assert {host for host, _ in net.asked} == {"public-a.test"}, case
        assert "/canary" not in {path for _, path in net.asked}, case

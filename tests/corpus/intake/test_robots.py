"""What robots.txt asks is read as RFC 9309 says, whatever is in it."""

from __future__ import annotations

import time

import pytest

from corpus.intake.robots import Rules

GROUPS = """
User-agent: other
Disallow: /

User-agent: one
User-agent: Attest/1.0  # by its token
Crawl-delay: 2.5
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /q%75ery

User-agent: *
Disallow: /
Crawl-delay: 30
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/closed", False),
        ("/private/open/x", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/query", False),
        ("//[", True),
    ],
)
def test_the_longest_rule_of_our_group_decides(path: str, allowed: bool) -> None:
    assert Rules(GROUPS).allow(path) is allowed


def test_what_is_asked_of_everybody_is_asked_of_us_where_nothing_else_is() -> None:
    rules = Rules(GROUPS.replace("Attest/1.0", "two"))
    assert not rules.allow("/")
    assert rules.delay == 30.0


@pytest.mark.parametrize(
    ("line", "delay"), [("2.5", 2.5), ("10 ", 10), ("86400", 60), ("9" * 5000, 60), ("²", 0), ("-1", 0), ("", 0), ("nan", 0)]
)
def test_a_delay_is_a_number_of_seconds_and_a_minute_at_most(line: str, delay: float) -> None:
    assert Rules(f"User-agent: *\nCrawl-delay: {line}\n").delay == delay


def test_no_file_allows_everything_and_a_failing_server_nothing() -> None:
    assert Rules().allow("/a")
    assert not Rules(is_shut=True).allow("/a")
    assert Rules(is_shut=True).life < Rules().life == 86_400


@pytest.mark.parametrize(
    "text", ["Disallow: //[\nUser-agent: *\n//[", "user-agent\n:\n\x00\ufffd", "Disallow: /", "Sitemap: x\nAllow"]
)
def test_lines_that_mean_nothing_are_passed_over(text: str) -> None:
    assert Rules(text).allow("/a")


def test_patterns_made_to_take_long_do_not() -> None:
    rules = Rules("User-agent: *\n" + "Disallow: /" + "*a" * 5_000 + "*b$\n" + "Disallow: /*x*\n" * 20_000)
    began = time.process_time()
    assert rules.allow("/" + "a" * 2_000)
    assert time.process_time() - began < 2

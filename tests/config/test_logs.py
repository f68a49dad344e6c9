"""A log record is one line, whatever a user typed, and holds nothing that is nobody's business."""

import logging

import pytest

from config.logs import OneLine


def written(message, *arguments):
    return OneLine("%(levelname)s %(message)s").format(logging.LogRecord("x", logging.WARNING, "", 1, message, arguments, None))


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_what_a_user_typed_makes_no_second_line(break_):
    line = written("Not Found: %s", f"/x{break_}2026-01-01 CRITICAL forged")
    assert len(line.splitlines()) == 1
    assert line.startswith("WARNING Not Found: /x\\")


def test_escape_sequences_do_not_reach_the_terminal():
    assert written("%s", "\x1b[2J\x07") == "WARNING \\x1b[2J\\x07"


def test_other_scripts_are_written_as_they_are():
    assert written("%s", "제재 Пномпень") == "WARNING 제재 Пномпень"


def test_a_traceback_keeps_its_lines():
    try:
        int("inside")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "failed", (), (type(error), error, error.__traceback__))
    assert len(OneLine("%(message)s").format(record).splitlines()) > 2


def test_a_failed_request_leaves_no_body_and_no_token_in_the_log(client, db, caplog):
    client.post("/login/", {"username": "x", "password": "canary-password"})
    client.get("/nothing/", headers={"Authorization": "Bearer canary-token"})
    client.post(
        "/api/v1/corpora/", "canary-body", content_type="application/json", headers={"Authorization": "Bearer canary-token"}
    )
    assert "canary" not in caplog.text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/invitations/k0-Zq7_mXvB4nLw2RtYpAa9Ds8Fg6Hj5Kl3Zx1Cv0Bn/", "/invitations/…/"),
        ("https://attest.example/password-links/k0-Zq7_mXvB4nLw2RtYpAa9Ds8Fg6Hj5Kl3Zx1Cv0Bn/", "/password-links/…/"),
        ("/login/?next=%2Finvitations%2Fk0-Zq7_mXvB4nLw2RtYpAa9Ds8Fg6Hj5Kl3Zx1Cv0Bn", "/login/?next=/invitations/…"),
        ("/notices/stop/7:k0-Zq7_mXvB4nLw2RtYpAa9Ds8/", "/notices/stop/…/"),
        ("/corpora/reports/invitations/12/revoke/", "/corpora/reports/invitations/12/revoke/"),
    ],
)
def test_the_secret_of_a_link_is_left_out(address, shown):
    assert written("Forbidden (Origin checking failed): %s", address).endswith(shown)
    assert "k0-" not in written("%s", address)

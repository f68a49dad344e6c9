"""The mail server of the environment, and the address that links in mails begin with."""

import pytest

from config.environment import BadEnvironment
from config.mail import OFF, mailer, site_url

SENDER = "Attest <attest@example.org>"


def test_without_a_server_and_a_sender_there_is_no_mail():
    assert mailer("", "") == OFF


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://relay", {"host": "relay", "port": None, "username": "", "use_tls": False, "use_ssl": False}),
        ("smtp+tls://a%40b:p%2Fw@mail.example.org:587", {"username": "a@b", "password": "p/w", "port": 587, "use_tls": True}),
        ("smtps://a:b@mail.example.org", {"host": "mail.example.org", "use_ssl": True, "use_tls": False, "timeout": 20}),
    ],
)
def test_the_address_of_a_server(url, expected):
    options = mailer(url, SENDER)["OPTIONS"]
    assert {name: options[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("url", "sender", "words"),
    [
        ("smtp://relay", "", "set both, or none"),
        ("", SENDER, "set both, or none"),
        ("http://relay", SENDER, "MAIL_URL must look like smtp://"),
        ("smtp://relay:port", SENDER, "MAIL_URL must look like smtp://"),
        ("smtps://", SENDER, "MAIL_URL must look like smtp://"),
        ("smtp://me:secret@relay", SENDER, "without encryption"),
        ("smtp://relay", "attest", "MAIL_FROM must be an address"),
        ("smtp://relay", "a@example.org\nBcc: b@example.org", "MAIL_FROM must be an address"),
    ],
)
def test_a_wrong_one_stops_the_start_and_shows_no_password(url, sender, words):
    with pytest.raises(BadEnvironment, match=words) as error:
        mailer(url, sender)
    assert "secret" not in str(error.value)


def test_links_begin_with_the_address_of_the_site():
    assert site_url("", ["attest.example.org", "other"], True) == "https://attest.example.org"
    assert site_url("", [".example.org"], False) == "http://example.org"
    assert site_url("https://a.example.org/", [], True) == "https://a.example.org"
    with pytest.raises(BadEnvironment, match="SITE_URL"):
        site_url("a.example.org", [], True)

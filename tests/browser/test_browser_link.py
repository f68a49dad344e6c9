"""Whoever is kept out by somebody else's tries opens the link of the mail by keys, and signs in at once."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from playwright.sync_api import expect

from corpus.accounts.known import digest_of
from corpus.models import KnownBrowser
from tests import factories
from tests.browser.keyboard import Keyboard
from tests.browser.test_pages_access import faults

SECRET = "made-for-this-test"


@pytest.fixture
def person(transactional_db):
    made = factories.user("ann", password="correct horse battery")
    digest = digest_of(SECRET, made.password)
    KnownBrowser.objects.create(user=made, digest=digest, expires=Now() + timedelta(days=1), mailed=True)
    return made


def test_the_link_lets_in_the_browser_in_which_it_is_opened(page, person, allowed_console):
    allowed_console.append("410")
    address = f"/browser-links/{person.pk}/{SECRET}/"
    page.goto(address)
    assert faults(page) == []
    page.goto(address)
    keyboard = Keyboard(page)
    keyboard.go(page.locator("main form button"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/")
    assert any(SECRET in cookie["value"] for cookie in page.context.cookies()), "the browser is known"
    keyboard.write("User name", "ann")
    keyboard.write("Password", "correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def test_a_link_that_has_ended_says_where_another_comes_from(page, person, allowed_console):
    allowed_console.append("410")
    page.goto(f"/browser-links/{person.pk}/another/")
    expect(page.locator("main")).to_contain_text("Have another mailed from the page on which you sign in")
    assert faults(page) == []

"""The browser fixtures notice a page that misbehaves, so that each browser test is a test of the policy as well."""

import pytest
from django.conf import settings
from django.utils.csp import build_policy


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("<script>1</script>", "Content Security Policy"),
        ("<p style='color:red'>x</p>", "Content Security Policy"),
        ("<p onclick='1'>x</p>", "Content Security Policy"),
        ("<script src='https://elsewhere.invalid/script.js'></script>", "Content Security Policy|another host"),
        ("<img src='/static/nothing.png'>", "404"),
    ],
)
def test_a_page_that_breaks_the_policy_is_noticed(page, complaints, allowed_console, markup, complaint):
    policy = {"Content-Security-Policy": build_policy(settings.SECURE_CSP)}
    page.route("**/planted", lambda route: route.fulfill(body=markup, content_type="text/html", headers=policy))
    with page.expect_console_message():
        page.goto("/planted")
        page.evaluate("document.querySelector('[onclick]')?.click()")  # a Chromium may look at a handler only when it is needed
    allowed_console.append(complaint)
    assert complaints


def test_a_request_to_another_host_is_noticed_where_no_policy_stops_it(page, complaints, allowed_console):
    page.route(
        "**/planted", lambda route: route.fulfill(body="<img src='http://elsewhere.invalid/x.png'>", content_type="text/html")
    )
    page.route("http://elsewhere.invalid/**", lambda route: route.abort())
    with page.expect_request("http://elsewhere.invalid/**"):
        page.goto("/planted")
    allowed_console += ["another host", "ERR_FAILED"]
    assert any("another host" in text for text in complaints)


def test_an_uncaught_error_is_noticed(page, complaints, allowed_console):
    page.route("**/planted", lambda route: route.fulfill(body="<script>missing()</script>", content_type="text/html"))
    with page.expect_event("pageerror"):
        page.goto("/planted")
    allowed_console.append("missing is not defined")
    assert complaints == ["uncaught: missing is not defined"]


def test_a_signed_in_page_has_the_session_of_its_user(page, sign_in, django_user_model):
    sign_in(page, django_user_model.objects.create_superuser("manager"))
    page.goto("/admin/")
    assert page.locator("#user-tools").inner_text().lower().startswith("manager")

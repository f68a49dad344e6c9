"""The admin's pages, in light and dark, have no finding of axe that is ours to mend."""

import pytest
from django.urls import reverse

from annotations.models import Event, Label, Scheme, Span
from annotations.schemes.stored import copy_version
from corpus.models import Article, Corpus, Document, Token
from registry.models import Entity
from tests import everything, factories
from tests.browser.barriers import violations
from tests.staff import address

pytestmark = pytest.mark.django_db(transaction=True)

# In the templates of Django and in Select2, which are not ours: a column without a head, a search field that only has a
# title, and a box that names itself by what is chosen in it.
DJANGOS = {"aria-input-field-name", "empty-table-header", "label-title-only"}

# The rest of a page is the same in both.
OPTIONS = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
# A link to every table: the same on each page but for the row of the table that one is at.
SIDEBAR = {"exclude": [["#nav-sidebar"]]}
# Django's links change their colour slowly.
SETTLED = "() => Promise.all(document.getAnimations().map(({ finished }) => finished))"


@pytest.fixture
def desk(page, sign_in, transactional_db):
    corpus = factories.corpus("ours", name="Our corpus")
    everything.one_of_each(corpus)
    copy_version(factories.scheme(), "1.4.0")
    sign_in(page, factories.user("administrator", is_staff=True, is_superuser=True))
    return page


def findings(page, around=None):
    return [(theme, *finding) for theme in OPTIONS for finding in findings_in(theme, page, around)]


def findings_in(theme, page, around):
    page.emulate_media(color_scheme=theme)
    page.evaluate(SETTLED)
    found = violations(page, around, **OPTIONS[theme])
    return [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found if item["id"] not in DJANGOS]


def test_no_page_has_a_finding(desk):
    pages = [reverse("admin:index"), address(Token, "add")]
    for model in (Span, Event, Article, Corpus, Document, Entity, Label, Scheme):
        pages += [address(model, "changelist"), address(model, "change", model.objects.last().pk)]
    found = {}
    for number, url in enumerate(pages):
        desk.goto(url)
        found[url] = findings(desk, SIDEBAR if number > 2 else None)
    assert {url: items for url, items in found.items() if items} == {}


def test_an_open_menu_of_a_filter_has_no_finding(desk):
    desk.goto(address(Span, "changelist"))
    desk.locator("summary", has_text="Kind").click()
    assert findings(desk) == []

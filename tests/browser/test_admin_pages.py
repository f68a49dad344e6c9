"""The admin in a real browser: every page holds to the policy, in both themes, on a desk and in a hand.

The fixtures fail a test at any complaint of the browser: a breach of the content security policy, an uncaught error, a
request to another host.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Assignment, Event, Label, Scheme, Span
from config.admin import ADMIN_CSP
from corpus.models import Article, Corpus, Membership, Token
from registry.models import Entity, Measure
from tests import everything, factories
from tests.staff import address

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def ours(transactional_db):
    corpus = factories.corpus("ours", name="Our corpus")
    everything.one_of_each(corpus)
    return corpus


@pytest.fixture
def administrator(ours):
    return factories.user("administrator", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(page, sign_in, administrator):
    sign_in(page, administrator)
    return page


def sideways(page):
    """Whether the page is wider than its window, in light or in dark."""
    return any(sideways_in(theme, page) for theme in ("light", "dark"))


def sideways_in(theme, page):
    page.emulate_media(color_scheme=theme)
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def pages_of(model):
    yield address(model, "changelist")
    yield address(model, "change", model._base_manager.first().pk)
    table = admin.site.get_model_admin(model)
    if getattr(table, "add_role", None) or getattr(table, "may_add", False):
        yield address(model, "add")


def test_every_page_of_every_table_holds_to_the_policy(desk):
    for model in admin.site._registry:
        for url in pages_of(model):
            answer = desk.goto(url)
            assert answer.status in (200, 403), url


def test_the_policy_of_the_admin_allows_nothing_inline(desk):
    policy = desk.goto(reverse("admin:index")).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy


def test_trusted_types_are_left_out_because_the_packages_of_the_admin_trip_over_them(
    desk, monkeypatch, complaints, allowed_console
):
    """When this fails, the exception in config/admin.py is no longer needed."""
    for name in ("require-trusted-types-for", "trusted-types"):
        monkeypatch.setitem(ADMIN_CSP, name, settings.SECURE_CSP[name])
    desk.goto(address(Membership, "add"), wait_until="networkidle")
    allowed_console.append(".")
    assert any("jQuery is not defined" in text or "trusted" in text.lower() for text in complaints)


def test_nothing_is_wider_than_a_phone(new_page, sign_in, administrator):
    page = new_page(viewport=PHONE)
    sign_in(page, administrator)
    page.goto(reverse("admin:index"))
    assert not sideways(page)
    for model in (Span, Event, Label, Corpus, Entity, Article, Scheme, Assignment, Measure):
        for url in (address(model, "changelist"), address(model, "change", model.objects.first().pk)):
            page.goto(url)
            assert not sideways(page), url


@pytest.mark.parametrize(("theme", "light"), [("light", True), ("dark", False)])
def test_the_page_follows_the_theme_of_the_system(new_page, sign_in, administrator, theme, light):
    page = new_page(color_scheme=theme)
    sign_in(page, administrator)
    page.goto(address(Span, "changelist"))
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(part) for part in background.removeprefix("rgb(").removesuffix(")").split(",")]
    assert (sum(channels) > 380) is light


def test_the_theme_of_the_site_is_the_theme_of_the_admin(desk):
    desk.goto(reverse("admin:index"))
    desk.evaluate("localStorage.setItem('theme', 'dark')")
    desk.reload()
    assert desk.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_one_finds_the_way_from_the_index_to_the_place_of_a_mark(desk):
    desk.goto(reverse("admin:index"))
    desk.get_by_role("link", name="Marks", exact=True).first.click()
    desk.get_by_role("link", name="the firm").first.click()
    span = Span.objects.get(quote="the firm")
    place = desk.locator(f'a[href="/annotate/{span.assignment_id}/#mark={span.pk}"]').first
    assert place.get_attribute("rel") == "noopener"


def test_filters_are_menus_and_say_what_is_chosen(desk):
    desk.goto(address(Span, "changelist"))
    desk.locator("summary", has_text="Kind").click()
    desk.locator("details[open]").get_by_role("link", name="figure").click()
    expect(desk.locator("#result_list tbody tr")).to_have_count(2)
    assert "kind: figure" in desk.locator("summary").first.inner_text().lower()
    desk.get_by_role("link", name="Clear all filters").click()
    expect(desk.locator("#result_list tbody tr")).to_have_count(Span.objects.count())


def choose(desk, box, words):
    """In a list of Select2. What opens first is replaced by what fits the words, and a click between the two takes nothing."""
    desk.locator(f"{box} .select2-selection").click()
    with desk.expect_response(re.compile(r"/autocomplete/\?term=[^&]")):
        desk.locator(".select2-search__field").fill(words)
    expect(desk.locator(".loading-results")).to_have_count(0)
    desk.locator(".select2-results__option", has_text=words).first.click()
    expect(desk.locator(f"{box} .select2-selection__rendered")).to_contain_text(words)


def test_an_autocomplete_finds_and_takes_an_entity(desk, ours):
    entity = Entity.objects.order_by("name").first()
    other = Entity.objects.exclude(pk=entity.pk).order_by("name").first()
    entity.relations_out.all().delete()
    desk.goto(address(Entity, "change", entity.pk))
    desk.get_by_role("button", name="Add another Entity relation").click()
    desk.locator("#id_relations_out-0-type").select_option("located_in")
    choose(desk, "#relations_out-0", other.name)
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.locator(".messagelist .success").wait_for()
    assert entity.relations_out.get().target == other


def test_a_date_is_picked_from_the_calendar(desk):
    measure = Measure.objects.get(adopted="2017-08-05", code__startswith="TEST")
    desk.goto(address(Measure, "change", measure.pk))
    desk.locator(".field-adopted .date-icon").click()
    desk.locator(".calendarbox .calendar a", has_text="15").first.click()
    expect(desk.locator("#id_adopted")).to_have_value("2017-08-15")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.locator(".messagelist .success").wait_for()
    measure.refresh_from_db()
    assert measure.adopted.isoformat() == "2017-08-15"


def test_a_member_is_added_with_an_inline_row(desk, ours):
    person = factories.user("newcomer")
    desk.goto(address(Corpus, "change", ours.pk))
    desk.get_by_role("button", name="Add another Membership").click()
    choose(desk, "#memberships-2", "newcomer")
    desk.locator("#id_memberships-2-role").select_option("reviewer")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.locator(".messagelist .success").wait_for()
    assert Membership.objects.get(user=person).role == "reviewer"


def test_the_secret_of_a_token_is_shown_once(desk):
    desk.goto(address(Token, "add"))
    choose(desk, "#id_user + .select2", "administrator")
    desk.locator("#id_name").fill("browser test")
    desk.get_by_label("read", exact=True).check()
    desk.get_by_role("button", name="Save", exact=True).click()
    secret = desk.locator("#secret").inner_text()
    assert Token.objects.find(secret).name == "browser test"


def test_a_selection_is_downloaded(desk):
    desk.goto(address(Span, "changelist"))
    desk.locator("#action-toggle").check()
    desk.locator("select[name=action]").select_option("download_csv")
    with desk.expect_download() as started:
        desk.get_by_role("button", name="Run").click()
    assert started.value.suggested_filename.startswith("span-")
    assert "the firm" in Path(started.value.path()).read_text("utf-8-sig")


def test_an_administrator_adds_a_choice_to_a_copy_of_the_scheme(desk):
    """Journey 12, B1, with mouse and keyboard."""
    scheme = Scheme.objects.get(code="sanctions-core")
    desk.goto(address(Scheme, "change", scheme.pk))
    desk.locator(".object-tools").get_by_role("link", name="Copy to a new version").click()
    desk.get_by_role("button", name="Copy").click()
    desk.locator(".field-outline").get_by_role("link", name="Permit decision").click()
    desk.locator("#attributes-0").get_by_role("link", name="Change").click()
    desk.get_by_role("button", name="Add another Choice").click()
    desk.locator("#id_choices-6-code").fill("student_visa")
    desk.locator("#id_choices-6-name").fill("student visa")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.locator(".messagelist .success").wait_for()
    draft = Scheme.objects.get(code=scheme.code, version__gt=scheme.version)
    assert draft.attributes.get(code="permit_type", label__code="PERMIT").choices.filter(code="student_visa").exists()


def test_the_keyboard_reaches_what_the_mouse_does_and_shows_where_it_is(desk):
    desk.goto(address(Span, "changelist"))
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")  # the link that skips to the content
    desk.keyboard.press("Tab")
    expect(desk.locator("summary:focus")).to_have_count(1)
    assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    desk.keyboard.press("Enter")
    expect(desk.locator("details.filter[open]")).to_have_count(1)

"""Agreement by week, with drift and targets, and the settings that set them: readable in light, dark and on a phone."""

import pytest
from playwright.sync_api import expect

from annotations.models import Guideline, GuidelineVersion
from annotations.plans.team import change_settings
from tests import factories
from tests.browser.test_pages_access import faults_as_it_is
from tests.scored import counts_of, scored, weeks_ago


@pytest.fixture
def weeks(transactional_db):
    """Eight weeks; from the sixth on readers differ in companies."""
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    people = [factories.user(name) for name in ("ann", "ben", "cid", "chief")]
    for person, role in zip(people, ("annotator", "annotator", "annotator", "manager"), strict=True):
        factories.membership(corpus, person, role)
    for number in range(48):
        week = number // 6
        firms = 5 if week >= 5 else 9
        counts = counts_of(
            ACTOR__COMPANY=(10, 10, firms - number % 2), FIGURE__MONEY=(6, 6, 5 + number % 2), EVENT__PAY=(8, 7, 4 + number % 3)
        )
        counts["layers"]["ACTOR"]["same_words"] = [["COMPANY", "COMPANY", 9], ["COMPANY", "PERSON", 2], ["PERSON", "PERSON", 8]]
        scored(corpus, (people[0], people[1 + number % 2]), counts, weeks_ago(7 - week))
    guideline = Guideline.objects.create(corpus=corpus, layer="ACTOR", label="COMPANY")
    written = {
        "guideline": guideline,
        "title": "Companies with their form of incorporation",
        "body": "Whole names.",
        "older": 0,
        "user": people[3],
    }
    GuidelineVersion.objects.create(**written, number=1, at=weeks_ago(4))
    GuidelineVersion.objects.create(**written, number=2)
    change_settings(corpus, {"targets": {"ACTOR": 80, "FIGURE": 90, "EVENT": 70, "ACTOR.COMPANY": 85}}, people[3])
    return people[3]


def test_no_faults_in_any_theme_and_width(page, sign_in, weeks):
    sign_in(page, weeks)
    page.goto("/corpora/reports/agreement/")
    expect(page.get_by_role("heading", name="Before and after guidelines")).to_have_count(1)
    expect(page.get_by_role("img", name="Krippendorff’s α beside")).to_have_count(1)
    assert_no_faults(page)
    page.goto("/corpora/reports/settings/")
    assert_no_faults(page)


def assert_no_faults(page):
    for theme, width in (("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_as_it_is(page) == [], (theme, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (theme, width)

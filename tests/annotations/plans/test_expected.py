"""What a plan will take: hours, the interval of agreement, and who has how much."""

from datetime import timedelta
from math import sqrt
from unittest import mock
from uuid import uuid4

import pytest
from django.utils import timezone

from annotations.agreement.bootstrap import intervals
from annotations.agreement.expected import expected_half_width
from annotations.models import Assignment, Change
from annotations.plans.draw import preview, start
from annotations.plans.expected import outlook, pace
from tests import factories
from tests.annotations.plans.conftest import draft, every
from tests.api.world import bearer
from tests.scored import counts_of, scored


def asked(plan, user):
    return outlook(plan, preview(plan, every(plan)), user)


def worked(document, person, seconds, ago=1):
    """A submitted reading with changes so many seconds apart."""
    made = factories.assignment(document, person)
    begun = timezone.now() - timedelta(days=ago)
    for revision, after in enumerate((0, *seconds), 1):
        begun += timedelta(seconds=after)
        with mock.patch.object(timezone, "now", return_value=begun):
            values = {"op": "create", "kind": "entity", "object_id": uuid4(), "after": {}, "digest": "0" * 64, "user": person}
            Change.objects.create(id=uuid4(), assignment=made, revision=revision, position=0, **values)
    Assignment.objects.filter(pk=made.pk).update(status="submitted", submitted=begun, revision=len(seconds) + 1)


@pytest.mark.django_db
def test_hours_are_told_at_the_pace_of_the_last_thirty_days(corpus, manager, ann, ben, texts):
    plan = draft(corpus, manager, readings=2, share=100)
    for document in texts[:4]:
        worked(document, ann, [60, 60])
    assert pace(corpus.pk) is None, "four readings are too few"
    worked(texts[4], ann, [60, 3600])  # five minutes at the most
    per_hour = sum(text.length for text in texts) * 3600 / (4 * 120 + 60 + 300)
    assert pace(corpus.pk) == pytest.approx(per_hour)
    shown = preview(plan, every(plan))
    assert asked(plan, manager).hours == pytest.approx(shown.characters / per_hour)
    Assignment.objects.update(submitted=timezone.now() - timedelta(days=31))
    assert asked(plan, manager).hours is None


@pytest.mark.django_db
def test_load_follows_the_weights_and_counts_what_is_in_progress(corpus, manager, ann, ben, texts):
    factories.assignment(texts[0], ann)
    plan = draft(corpus, manager, people={ann: 1, ben: 3})
    characters = preview(plan, every(plan)).characters
    shares = {each.user: (each.present, each.added) for each in asked(plan, manager).loads}
    assert shares == {"ann": (texts[0].length, round(characters / 4)), "ben": (0, round(characters * 3 / 4))}
    plan = draft(corpus, manager, name="For all")
    assert [(each.user, each.added) for each in asked(plan, manager).loads] == [
        (n, round(characters / 2)) for n in ("ann", "ben")
    ]
    corpus.memberships.filter(user=ben).update(paused=True)
    assert [each.user for each in asked(plan, manager).loads] == ["ann"]


@pytest.mark.django_db
def test_the_interval_is_told_from_twenty_articles_on_and_narrows_with_more(corpus, manager, ann, ben, texts):
    plan = draft(corpus, manager, readings=2, share=100)
    for number in range(20):
        assert asked(plan, manager).half_width is None
        scored(corpus, (ann, ben), counts_of(ACTOR__COMPANY=(10, 10, 5 + number % 5)))
    few = asked(draft(corpus, manager, name="Few", readings=2, share=10), manager).half_width
    many = asked(plan, manager).half_width
    assert 0 < many < few
    assert asked(draft(corpus, manager, name="Once"), manager).half_width is None


def test_the_expected_interval_is_that_of_the_bootstrap():
    rows = [(2 * same, 20) for same in (4, 5, 6, 7, 8, 9, 10, 10) * 10]
    [(low, high)] = intervals([[row] for row in rows])
    assert expected_half_width(rows, len(rows)) == pytest.approx((high - low) / 2, abs=0.005)
    assert expected_half_width(rows, 4 * len(rows)) == pytest.approx(expected_half_width(rows, len(rows)) / sqrt(4))
    assert expected_half_width(rows[:19], 19) is None
    assert expected_half_width([(0, 0)] * 20, 20) is None


@pytest.mark.django_db
def test_page_and_api_show_it_until_the_plan_starts(corpus, manager, ann, texts, client):
    plan = draft(corpus, manager, readings=2, share=50)
    client.force_login(manager)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "fewer than 5 readings were annotated" in page
    assert "fewer than 20 articles have two independent readings" in page
    assert "Characters to read, by annotator" in page
    answer = bearer(manager, "read").get(f"/api/v1/corpora/{corpus.slug}/plans/{plan.pk}/preview/").json()
    assert (answer["hours"], answer["half_width"]) == (None, None)
    assert answer["loads"] == [{"user": "ann", "present": 0, "added": answer["characters"]}]
    start(plan, every(plan), manager)
    assert "Characters to read, by annotator" not in client.get(plan.get_absolute_url()).content.decode()

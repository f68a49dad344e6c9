"""What a plan draws: by its seed alone, once, and nothing that another plan is about."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from annotations.models import Plan, PlanArticle
from annotations.plans.change import change_state, create_plan, delete_draft
from annotations.plans.draw import preview, start
from corpus.edits.history import EditError
from corpus.models import Edit
from tests import factories
from tests.annotations.plans.conftest import draft, every, running

pytestmark = pytest.mark.django_db


def test_a_share_is_read_more_than_once(corpus, manager, ann):
    texts = [factories.document(f"Text {number}", corpus=corpus) for number in range(10)]
    factories.assignment(texts[0], ann)
    plan = draft(corpus, manager, readings=3, share=20)
    shown = preview(plan, every(plan))
    assert (shown.articles, shown.repeated, shown.readings, shown.existing) == (10, 2, 14, 1)
    assert shown.characters == sum(len(text.text) * row.needed for text, row in rows_of(plan, manager, texts)) - len("Text 0")
    assert sorted(PlanArticle.objects.values_list("needed", flat=True)) == [1] * 8 + [3] * 2
    assert set(PlanArticle.objects.values_list("chance", flat=True)) == {0.2}
    assert list(PlanArticle.objects.order_by("position").values_list("document", flat=True)) == [text.pk for text in texts]
    assert PlanArticle.objects.get(document=texts[0]).live == 1


def rows_of(plan, manager, texts):
    start(plan, every(plan), manager)
    rows = {row.document_id: row for row in PlanArticle.objects.filter(plan=plan)}
    return [(text, rows[text.pk]) for text in texts]


def test_the_seed_alone_decides(corpus, manager, texts):
    def drawn(seed, name):
        plan = draft(corpus, manager, readings=2, share=40, name=name)
        Plan.objects.filter(pk=plan.pk).update(seed=seed)
        plan.refresh_from_db()
        start(plan, every(plan), manager)
        change_state(plan, "done", manager)
        return set(plan.articles.filter(needed=2).values_list("document", flat=True))

    draws = [drawn(seed, f"{seed} {turn}") for seed in range(8) for turn in "ab"]
    assert all(draws[number] == draws[number + 1] for number in range(0, len(draws), 2))
    assert len({frozenset(each) for each in draws}) > 2


def test_copies_practice_articles_and_articles_without_text_are_left_out(corpus, manager, texts):
    texts[0].article.copy_of = texts[1].article
    texts[0].article.save()
    texts[2].article.practice = True
    texts[2].article.save()
    factories.article(corpus)
    plan = draft(corpus, manager)
    shown = preview(plan, every(plan))
    assert (shown.articles, shown.left_out) == (3, 3)


def test_the_newest_text_is_read(corpus, manager, texts):
    newer = factories.document("Text 0, corrected", of=texts[0].article)
    plan = running(corpus, manager)
    assert newer.pk in plan.articles.values_list("document", flat=True)
    assert plan.articles.count() == 5


def test_an_article_is_in_one_plan_at_a_time(corpus, manager, texts):
    first = running(corpus, manager)
    second = draft(corpus, manager, name="Second")
    assert preview(second, every(second)).articles == 0
    with pytest.raises(EditError, match="No article matches"):
        start(second, every(second), manager)
    assert Plan.objects.get(pk=second.pk).state == "draft"
    change_state(first, "done", manager)
    assert start(second, every(second), manager).articles.count() == 5


def test_starting_twice_draws_once(corpus, manager, texts):
    plan = running(corpus, manager)
    factories.document("Later", corpus=corpus)
    assert start(plan, every(plan), manager).articles.count() == 5
    assert Edit.objects.filter(kind="plan").count() == 2


def test_states_and_their_history(corpus, manager, texts):
    plan = running(corpus, manager)
    for state in ("paused", "running", "done"):
        change_state(plan, state, manager)
    with pytest.raises(EditError, match="it cannot become running"):
        change_state(plan, "running", manager)
    with pytest.raises(EditError, match="has started"):
        delete_draft(plan, manager)
    states = [edit.after.get("state") for edit in Edit.objects.filter(kind="plan").order_by("id")]
    assert states == [None, "running", "paused", "running", "done"]


def test_only_managers_change_plans(corpus, manager, ann, texts):
    plan = draft(corpus, manager)
    for act in (
        lambda: start(plan, every(plan), ann),
        lambda: change_state(plan, "done", ann),
        lambda: delete_draft(plan, ann),
        lambda: create_plan(corpus, {"name": "Mine"}, {}, ann),
    ):
        with pytest.raises(PermissionDenied), transaction.atomic():
            act()


def test_a_name_is_there_once(corpus, manager):
    draft(corpus, manager)
    with pytest.raises(EditError, match="has this name"):
        draft(corpus, manager)


@pytest.mark.parametrize(
    "values", [{"readings": 0}, {"readings": 6, "share": 10}, {"readings": 2}, {"share": 101, "readings": 2}]
)
def test_the_database_holds_the_bounds(corpus, manager, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(corpus=corpus, name="Plan", created_by=manager, **values)


def test_by_length_the_longest_are_likelier_and_each_row_has_its_chance(corpus, manager):
    texts = [factories.document("x" * length, corpus=corpus) for length in (100, 300, 600, 1_000)]
    plan = draft(corpus, manager, readings=2, share=50, chances="length")
    shown = preview(plan, every(plan))
    rows = dict(rows_of(plan, manager, texts))
    assert [rows[text].chance for text in texts] == pytest.approx([0.1, 0.3, 0.6, 1.0])
    assert sum(row.needed == 2 for row in rows.values()) == 2
    assert rows[texts[3]].needed == 2
    assert (shown.repeated, shown.readings) == (2, 6)
    assert shown.characters == sum(len(text.text) * row.needed for text, row in rows.items())


def test_the_database_knows_no_other_chances(corpus, manager):
    with pytest.raises(IntegrityError, match="plan_chances"), transaction.atomic():
        draft(corpus, manager, chances="by hand")

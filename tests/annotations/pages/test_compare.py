"""Two readings of a text beside each other, and who may see which."""

import pytest

from annotations.assign import give_back, release_readings
from annotations.bin import put
from annotations.models import PracticeArticle
from annotations.plans.change import create_plan
from tests import factories, marks

TEXT = "The firm paid 170 workers."


@pytest.fixture
def text(corpus):
    return factories.document(TEXT, corpus=corpus)


@pytest.fixture
def colleague(corpus):
    person = factories.user("colleague")
    factories.membership(corpus, person, "annotator")
    return person


def read(text, person, role="annotation", *, low=170):
    reading = factories.assignment(text, person, role)
    marks.span(reading, "firm", "COMPANY")
    marks.figure(reading, "170", low=low, high=low, comparator="eq")
    return factories.submitted(reading)


@pytest.fixture
def mine(text, people):
    return read(text, people.annotator)


@pytest.fixture
def theirs(text, colleague):
    return read(text, colleague, low=17)


@pytest.fixture
def gold(text, people, mine, theirs):
    """By which both readings are released."""
    made = read(text, people.reviewer, "adjudication")
    release_readings(made)
    return made


def address(left, right):
    return f"/compare/?left={left.pk}&right={right.pk}"


def test_the_differences_stand_beside_the_text_with_the_marks_of_both(page, mine, theirs):
    seen = page("reviewer", address(mine, theirs))
    assert "1 difference between A, Annotator " in seen
    assert "low 170; high 170" in seen
    assert "low 17; high 17" in seen
    assert '<a data-opener href="#w-14-17">' in seen
    assert 'href="#d-14-17"' in seen
    assert 'id="w-14-17"' in seen
    assert 'id="d-14-17"' in seen
    assert '<span class="all" title="All: company">firm</span>' in seen


def test_managers_see_user_names_and_reviewers_letters(page, mine, theirs):
    assert "between A, annotator, and B, colleague." in page("manager", address(mine, theirs))
    seen = page("reviewer", address(mine, theirs))
    assert "colleague" not in seen
    assert "Annotator A" in seen
    assert "Annotator B" in seen


def test_two_readings_that_say_the_same_agree(page, mine):
    assert "They agree" in page("reviewer", address(mine, mine))


def test_before_release_nobody_sees_the_reading_of_a_colleague(as_, mine, theirs):
    browser = as_("annotator")
    assert browser.get(address(mine, theirs)).status_code == 404
    assert "Compare readings" not in browser.get(mine.document.article.get_absolute_url()).text


def test_after_release_an_annotator_sees_it_here_alone_and_without_its_name(as_, page, mine, theirs, gold):
    seen = page("annotator", address(mine, theirs))
    assert "between A, Me, and B, Annotator A." in seen
    assert "colleague" not in seen
    assert "low 17; high 17" in seen
    assert f'<option value="{theirs.pk}">' in page("annotator", address(gold, mine))
    browser = as_("annotator")
    assert browser.get(f"/annotate/{theirs.pk}/").status_code == 404
    assert browser.get(f"/api/v1/assignments/{theirs.pk}/").status_code == 404
    assert f"/compare/?left={gold.pk}&amp;right=" in browser.get(mine.document.article.get_absolute_url()).text


def returned(mine, people, **_):
    give_back(mine, people.reviewer, "Look again.")


def gold_deleted(gold, people, **_):
    put.delete(gold, people.manager, "Made by mistake.")


def learning(text, corpus, people, **_):
    plan = create_plan(corpus, {"name": "P", "readings": 1, "share": 0}, {}, people.manager)
    PracticeArticle.objects.create(plan=plan, document=text, kind="test", created_by=people.manager)


def practising(text, **_):
    text.article.practice = True
    text.article.save()


def leaving(corpus, people, **_):
    corpus.memberships.filter(user=people.annotator).update(role="viewer")


@pytest.mark.parametrize("happens", [returned, gold_deleted, learning, practising, leaving])
def test_what_takes_the_release_away(as_, happens, mine, theirs, gold, text, corpus, people):
    assert as_("annotator").get(address(mine, theirs)).status_code == 200
    happens(mine=mine, gold=gold, text=text, corpus=corpus, people=people)
    assert as_("annotator").get(address(mine, theirs)).status_code == 404


def test_an_open_reading_of_a_colleague_stays_hidden(as_, mine, theirs, gold, people):
    give_back(theirs, people.reviewer, "Look again.")
    assert as_("annotator").get(address(mine, theirs)).status_code == 404
    assert as_("reviewer").get(address(mine, theirs)).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("viewer", 404), ("stranger", 404), ("reviewer", 200), ("manager", 200)])
def test_who_sees_two_readings(as_, mine, theirs, gold, who, status):
    assert as_(who).get(address(mine, theirs)).status_code == status


def test_readings_of_two_texts_and_what_is_no_id_are_not_found(as_, corpus, colleague, mine, theirs):
    elsewhere = read(factories.document(TEXT + " Again.", corpus=corpus), colleague)
    browser = as_("manager")
    for wrong in (address(mine, elsewhere), f"/compare/?left={mine.pk}", "/compare/", f"/compare/?left={mine.pk}&right=x"):
        assert browser.get(wrong).status_code == 404

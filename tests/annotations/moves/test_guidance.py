"""Guidelines and rulings follow a scheme change to the new codes of their labels, or are left behind; undoing puts them back."""

import pytest

from annotations.guidelines import versions
from annotations.guidelines.carried import done_in, followers, guideline_of
from annotations.guidelines.rulings import LabelledWords, RulingDraft, beside_labels, only_place, rule, ruling_against
from annotations.models import Notice, Ruling
from annotations.moves import change
from corpus.edits.history import EditError
from tests import factories
from tests.annotations.moves.conftest import moved, row, version
from tests.annotations.moves.test_moves import renamed
from tests.api.world import bearer

OUT = [row("label", "EVENT", "REPATRIATE", "", "not used any more")]
TO = [row("label", "EVENT", "REPATRIATE", "RETURN"), row("role", "EVENT.REPATRIATE", "count", "number"),
      row("choice", "EVENT.REPATRIATE.manner", "forced", "compelled")]  # fmt: skip


def codes_of(corpus, guideline, manager):
    """By API: of the guideline, of its version, and of its rulings."""
    api = bearer(manager, "read")
    addresses = f"corpora/{corpus.slug}/guidelines", f"guidelines/{guideline.pk}/versions", f"guidelines/{guideline.pk}/rulings"
    listed, every, rulings = (api.get(f"/api/v1/{address}/").json()["results"] for address in addresses)
    return [row["now"] for row in (*listed, *every)], [(row["right"], row["right_now"], row["wrong_now"]) for row in rulings]


@pytest.fixture
def guideline(corpus, manager, both):
    return versions.create(corpus, "EVENT.REPATRIATE", manager, title="Sent home", body="Who is sent?").guideline


@pytest.fixture
def ruling(guideline, both, manager):
    text = both[0].document
    return rule(
        guideline, RulingDraft(text, only_place(text, "return"), "EVENT.REPATRIATE", "EVENT.EMPLOY", "They went."), manager
    )


def against(corpus, label, scheme):
    rulings = Ruling.objects.filter(version__guideline__corpus=corpus)
    return ruling_against(rulings, done_in(corpus), [LabelledWords(label, "return")], scheme.pk)


def test_they_go_to_the_new_code_and_back(corpus, scheme, manager, guideline, ruling, client):
    target = version(renamed)
    draft = change.create_move(corpus, scheme, target, "all", manager, TO)
    row_of = {"label": "EVENT.REPATRIATE", "to": "RETURN", "guidelines": 1, "rulings": 1}
    assert change.preview(draft).guidance == [row_of]
    done = moved(corpus, scheme, target, manager, TO)
    assert followers(done) == [row_of]
    beside = beside_labels(corpus, manager)
    assert (beside["EVENT.RETURN"]["title"], len(beside["EVENT.RETURN"]["rulings"])) == ("Sent home", 1)
    assert beside["EVENT.REPATRIATE"]["title"] == "Sent home"  # for readings of the old version
    assert guideline_of(corpus, "EVENT.RETURN") == guideline
    assert versions.count_marks(guideline) == 2
    with pytest.raises(EditError, match="has a guideline already"):
        versions.create(corpus, "EVENT.RETURN", manager, title="Again", body="Again.")
    client.force_login(manager)
    name = versions.subjects(corpus)["EVENT.RETURN"]
    for address in ("/corpora/reports/guidelines/", f"/guidelines/{guideline.pk}/"):
        page = client.get(address).content.decode()
        assert (name in page, "Left behind" in page) == (True, False)
    codes = [("EVENT.REPATRIATE", "EVENT.RETURN", "EVENT.EMPLOY")]
    assert codes_of(corpus, guideline, manager) == (["EVENT.RETURN"] * 2, codes)
    change.undo(done, manager)
    change.carry_out(done.pk)
    assert codes_of(corpus, guideline, manager)[0] == ["EVENT.REPATRIATE"] * 2
    assert guideline_of(corpus, "EVENT.RETURN") is None
    assert "EVENT.RETURN" not in beside_labels(corpus, manager)


def test_who_used_the_label_is_notified_though_the_marks_have_the_new_code(corpus, scheme, manager, guideline):
    moved(corpus, scheme, version(renamed), manager, TO)
    Notice.objects.all().delete()
    versions.change(guideline, 1, manager, title="Sent home", body="Who is sent, and by whom?")
    assert set(Notice.objects.values_list("kind", "user__username")) == {("guideline", "ann"), ("guideline", "ben")}


def test_a_ruling_holds_under_the_codes_of_each_version(corpus, scheme, manager, ruling):
    target = version(renamed)
    broad = rule(
        ruling.version.guideline, RulingDraft(ruling.document, ruling.fragments, "EVENT.REPATRIATE", "", "Nothing else."), manager
    )
    assert against(corpus, "EVENT.REPATRIATE", scheme) is None
    moved(corpus, scheme, target, manager, TO)
    assert against(corpus, "EVENT.RETURN", target) is None
    assert against(corpus, "EVENT.EMPLOY", target) == broad
    assert against(corpus, "EVENT.REPATRIATE", scheme) is None
    assert against(corpus, "EVENT.EMPLOY", scheme) == broad


def test_what_has_no_new_code_is_left_behind_and_says_so(corpus, scheme, manager, guideline, ruling, client):
    target = version(renamed)
    done = moved(corpus, scheme, target, manager, OUT)
    assert done.state == "done"
    assert followers(done) == [{"label": "EVENT.REPATRIATE", "to": "", "guidelines": 1, "rulings": 1}]
    assert against(corpus, "EVENT.RETURN", target) is None
    assert against(corpus, "EVENT.EMPLOY", target) == ruling  # its wrong label has a code still
    client.force_login(manager)
    for address in (
        "/corpora/reports/guidelines/",
        f"/guidelines/{guideline.pk}/",
        done.get_absolute_url(),
    ):
        assert "Left behind" in client.get(address).content.decode()
    left = [("EVENT.REPATRIATE", None, "EVENT.EMPLOY")]
    assert codes_of(corpus, guideline, manager) == ([None, None], left)
    later = versions.create(corpus, "EVENT.RETURN", manager, title="Return", body="New.").guideline
    assert beside_labels(corpus, manager)["EVENT.RETURN"]["title"] == "Return"
    assert guideline_of(corpus, "EVENT.RETURN") == later


def test_what_is_written_after_a_change_is_not_carried_by_it(corpus, scheme, manager, both):
    target = version(renamed)
    done = moved(corpus, scheme, target, manager, TO)
    versions.create(corpus, "EVENT.RETURN", manager, title="Return", body="New.")
    assert followers(done) == []
    other = factories.corpus("other")
    assert guideline_of(other, "EVENT.RETURN") is None

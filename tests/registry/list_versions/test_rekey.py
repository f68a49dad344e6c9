"""Another matcher: keys of listed names are made anew in turns, nothing is screened by old ones, and old runs keep their number."""

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.write.errors import Invalid
from annotations.write.screening_runs import carry_on, start, start_for_changed_lists
from registry.list_versions import rekey
from registry.models import Entity, ListCandidate, ListedName, ListedNameKey, Screened, ScreenedBy, ScreeningRun
from registry.names import MATCHER
from registry.names.components import components
from registry.screening.run import begin
from registry.tasks import find_outdated_keys
from tests import factories, listed

pytestmark = pytest.mark.django_db
NAMES = "T-1; Exampel Trading Corp; alias: 리예제\nT-2; Ri Ye Je; type: person\nT-3; Muster Bank AG"


@pytest.fixture
def corpus():
    factories.scheme()
    made = factories.corpus()
    factories.adopt(made)
    ScreenedBy.objects.create(corpus=made, list=listed.version("TEST", NAMES).list)
    Entity.objects.create(corpus=made, name="Muster Bank", type="COMPANY")
    carry_on(start(made).pk)
    return made


def keys():
    return sorted(ListedNameKey.objects.values_list("of_list", "key", "weight", "names"))


@pytest.fixture
def upgraded(corpus):
    """As after an upgrade: everything was made by the matcher before. The keys as they should be."""
    made = keys()
    ListedName.objects.update(matcher="names/0")
    ListedNameKey.objects.filter(key__gt=0).delete()
    for model in (Screened, ScreeningRun):
        model.objects.update(matcher="names/0")
    return made


def test_keys_are_made_anew_in_turns_and_the_corpus_is_screened_again(corpus, upgraded, monkeypatch):
    with pytest.raises(Invalid, match="being prepared for"):
        start(corpus)
    assert start_for_changed_lists() == []
    find_outdated_keys(0)
    assert ProcrastinateJob.objects.filter(task_name="rekey_names").count() == 1
    assert not rekey.rekey_for(0)
    monkeypatch.setattr(rekey, "AT_ONCE", 3)
    assert (rekey.rekey_some(), rekey.rekey_some()) == (4, 0)
    assert keys() == upgraded
    (again,) = start_for_changed_lists()
    carry_on(again.pk)
    assert set(ScreeningRun.objects.values_list("matcher", "done")) == {("names/0", 1), (MATCHER, 1)}
    assert (ListCandidate.objects.get().state, start_for_changed_lists()) == ("open", [])


def test_a_run_that_an_upgrade_cut_in_two_ends_as_it_is(corpus, upgraded):
    run = begin(corpus, "person", ("COMPANY",))
    ScreeningRun.objects.filter(pk=run.pk).update(matcher="names/0")
    carry_on(run.pk)
    run.refresh_from_db()
    assert (run.matcher, run.done, run.finished is not None) == ("names/0", 0, True)


def test_a_run_ends_where_another_version_of_a_library_came_between(corpus, upgraded):
    run = begin(corpus, "person", ("COMPANY",))
    ScreeningRun.objects.filter(pk=run.pk).update(components=components() | {"rapidfuzz": "0"})
    carry_on(run.pk)
    run.refresh_from_db()
    assert (run.components["rapidfuzz"], run.done, run.finished is not None) == ("0", 0, True)
    again = begin(corpus, "person", ("COMPANY",))
    carry_on(again.pk)
    again.refresh_from_db()
    assert (again.components, again.done) == (components(), 1)


def test_the_command_makes_all_keys(upgraded, capsys):
    call_command("rekey_names")
    assert f"4 names have keys of {MATCHER} now" in capsys.readouterr().out
    assert (keys(), rekey.outdated_names().count()) == (upgraded, 0)

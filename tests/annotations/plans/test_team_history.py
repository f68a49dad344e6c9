"""Earlier team settings are put back, from the page and by API."""

import pytest

from annotations.models import AgreementTarget, TeamSettings
from annotations.plans.team import change_settings, settings_of
from annotations.plans.team_history import put_back, team_edits
from corpus.edits.corpora import change_corpus
from corpus.edits.history import EditError
from corpus.models import Edit
from tests import factories
from tests.api.world import bearer

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    return corpus


@pytest.fixture
def manager(corpus):
    account = factories.user("manager")
    factories.membership(corpus, account, "manager")
    return account


CHANGES = [
    {"self_service": False, "open_at_once": 5},
    {"lapse_days": None, "targets": {"ACTOR": 80, "FIGURE.MONEY": 90}},
    {"open_at_once": 7, "approve": 20, "targets": {}},
    {"lapse_days": 30, "show_people": True},
]


@pytest.fixture
def states(corpus, manager):
    """The settings before the first change, and after each."""
    made = [settings_of(corpus)]
    for values in CHANGES:
        change_settings(corpus, values, manager)
        made.append(settings_of(corpus))
    change_corpus(corpus, {"name": "Another name"}, manager)
    return made


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_each_earlier_state_can_be_put_back_and_that_too(number, states, corpus, manager):
    edits = [*team_edits(corpus).order_by("pk")]
    assert len(edits) == len(CHANGES), "a new name is no team setting"
    made = put_back(edits[number], manager)
    assert settings_of(corpus) == states[number]
    put_back(made, manager)
    assert settings_of(corpus) == states[-1]


def test_what_holds_already_is_no_change(states, corpus, manager):
    oldest = team_edits(corpus).last()
    assert put_back(oldest, manager)
    assert put_back(oldest, manager) is None


def test_what_cannot_be_read_or_has_no_label_any_longer_is_refused(states, corpus, manager):
    fields = {"corpus": corpus, "kind": "corpus", "object": str(corpus.pk), "label": "Reports", "user": manager}
    gone = Edit.objects.create(before={"targets": "ACTOR.MAN 80 %"}, after={"targets": "none"}, **fields)
    with pytest.raises(EditError, match="no layer or label"):
        put_back(gone, manager)
    odd = Edit.objects.create(before={"lapse days": "a fortnight"}, after={"lapse days": "3"}, **fields)
    with pytest.raises(EditError, match="lapse days"):
        put_back(odd, manager)
    assert TeamSettings.objects.get().lapse_days == 30


def test_on_the_page(states, corpus, manager, client):
    client.force_login(manager)
    edit = team_edits(corpus).first()
    address = f"/corpora/reports/settings/team/{edit.pk}/put-back/"
    page = client.get("/corpora/reports/settings/").text
    assert (address in page, page.count("Put back<")) == (True, len(CHANGES))
    assert "Earlier team settings put back." in client.post(address, follow=True).text
    assert "Nothing changed" in client.post(address, follow=True).text
    renamed = Edit.objects.filter(corpus=corpus).exclude(pk__in=team_edits(corpus)).latest("pk")
    assert client.post(f"/corpora/reports/settings/team/{renamed.pk}/put-back/").status_code == 404


def test_by_api(states, corpus, manager):
    api, team = bearer(manager, "read", "annotate"), "/api/v1/corpora/reports/team/"
    rows = api.get(f"{team}history/").json()["results"]
    assert (len(rows), rows[0]["user"], rows[0]["after"]) == (4, "manager", {"lapse days": "30", "show people": "on"})
    assert api.patch(team, {"before": rows[1]["id"]}, format="json").json()["targets"] == {"ACTOR": 80, "FIGURE.MONEY": 90}
    assert AgreementTarget.objects.count() == 2
    assert api.patch(team, {"before": rows[1]["id"], "approve": 1}, format="json").status_code == 400
    assert api.patch(team, {"before": 10**9}, format="json").status_code == 404

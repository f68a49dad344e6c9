"""A new corpus, made on a page by whoever the installation lets."""

import pytest
from django.contrib.auth import get_user_model

from annotations.models import CorpusScheme
from corpus.models import Corpus, Edit
from tests import factories


@pytest.fixture
def page(client, db):
    mina = factories.user("mina")
    factories.membership(factories.corpus("reports"), mina, "manager")
    client.force_login(mina)
    return client


def make(page, **fields):
    return page.post("/new-corpus/", {"name": "Panel 2027", **fields})


def test_its_maker_is_its_manager_and_it_has_a_scheme(page):
    scheme = factories.scheme()
    assert make(page).url == "/corpora/panel-2027/"
    corpus = Corpus.objects.get(slug="panel-2027")
    assert dict(corpus.memberships.values_list("user__username", "role")) == {"mina": "manager"}
    assert CorpusScheme.objects.get(corpus=corpus).scheme == scheme
    assert set(corpus.edits.values_list("kind", "user__username")) == {("corpus", "mina"), ("member", "mina")}


def test_a_name_that_another_corpus_has_tells_nothing_of_it(page):
    factories.corpus("panel-2027")
    assert make(page).url == "/corpora/panel-2027-2/"


@pytest.mark.parametrize(
    ("fields", "field"), [({"slug": "reports"}, "slug"), ({"name": "조사단"}, "slug"), ({"name": ""}, "name")]
)
def test_what_cannot_be_is_told_at_its_field(page, fields, field):
    assert list(make(page, **fields).context["form"].errors) == [field]
    assert not Edit.objects.exists()


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [("superusers", ["root"]), ("managers", ["mina", "root"]), ("everyone", ["jun", "mina", "root"])],
)
def test_the_installation_says_who_may(client, page, settings, setting, allowed):
    settings.NEW_CORPORA = setting
    jun, root = factories.user("jun"), factories.user("root", is_superuser=True)
    factories.membership(Corpus.objects.get(), jun, "reviewer")
    answers = {}
    for person in (jun, get_user_model().objects.get(username="mina"), root):
        client.force_login(person)
        offered = b"New corpus" in client.get("/").content
        answers[person.username] = client.get("/new-corpus/").status_code == 200
        assert offered == answers[person.username]
    assert [name for name, may in answers.items() if may] == allowed

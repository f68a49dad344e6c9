"""`lake open`: what it takes, what it keeps, what it refuses."""

import pytest
from django.core.management import CommandError, call_command

from lake.models import Lake
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def corpora():
    return [factories.corpus("one"), factories.corpus("two")]


@pytest.fixture
def crawls(tmp_path):
    (tmp_path / "crawls").mkdir()
    return tmp_path / "crawls"


def act(slug, crawls, *arguments, lake="lake"):
    call_command("lake", "open", slug, "--lake", str(crawls.parent / lake), "--from", str(crawls), *arguments)


def test_corpora_stay_unless_others_are_named(crawls):
    act("web", crawls, "--corpora", "one", "two", "--name", "The web")
    act("web", crawls)
    row = Lake.objects.get()
    assert (row.name, set(row.corpora.values_list("slug", flat=True))) == ("The web", {"one", "two"})
    act("web", crawls, "--corpora", "two")
    assert set(row.corpora.values_list("slug", flat=True)) == {"two"}
    act("web", crawls, "--corpora")
    assert not row.corpora.exists()


@pytest.mark.parametrize(
    ("slug", "arguments", "reason"),
    [
        ("My Lake", (), "Enter a valid “slug”"),
        ("other", (), "Lake with this Folder already exists"),
        ("web", ("--corpora", "three"), "no such corpus: 'three'"),
    ],
)
def test_what_it_refuses_changes_nothing(crawls, slug, arguments, reason):
    act("web", crawls, "--corpora", "one")
    with pytest.raises(CommandError, match=reason):
        act(slug, crawls, *arguments)
    assert set(Lake.objects.get().corpora.values_list("slug", flat=True)) == {"one"}


def test_a_crawl_that_is_not_there_is_named(crawls):
    with pytest.raises(CommandError, match="nowhere: nothing is there"):
        act("web", crawls / "nowhere")
    assert not Lake.objects.exists()

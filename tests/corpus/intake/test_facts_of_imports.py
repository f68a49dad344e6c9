"""What a person states of all articles of an import: outlet, date and language."""

import pytest

from corpus.intake.deliveries import open_intake
from corpus.intake.ingest import keep
from corpus.intake.review import hold, save
from corpus.models import Article
from corpus.readers.extracted import Record
from tests import factories

FACTS = {"outlet": "Daily NK", "published": "2017-09", "language": "ko"}


@pytest.fixture
def intake(db):
    corpus = factories.corpus("reports")
    return open_intake(corpus, user=factories.user("mina"), door="page", **FACTS)


@pytest.mark.parametrize("look_first", [False, True])
def test_they_hold_for_each_article_in_the_name_of_that_person(intake, look_first):
    for number in range(2):
        record = Record.of_text(f"Workers were sent home, says report number {number}.", name=f"{number}.txt")
        if look_first:
            save(hold(intake, record))
        else:
            keep(intake, record)
    values = "outlet__name", "outlet_basis", "published_edtf", "published_latest", "published_basis", "language"
    (row,) = set(Article.objects.values_list(*values))
    assert [str(value) for value in row] == ["Daily NK", "stated by mina", "2017-09", "2017-09-30", "", "ko"]
    assert Article.objects.count() == 2
    assert not Article.objects.filter(documents__accepted_by__isnull=False).exists()


def test_an_import_that_states_nothing_leaves_articles_as_they_are(db):
    intake = open_intake(factories.corpus(), user=factories.user(), door="page")
    keep(intake, Record.of_text("Workers were sent home, says a report.", name="a.txt"))
    assert (Article.objects.get().outlet, Article.objects.get().published_edtf) == (None, "")


@pytest.mark.parametrize("published", ["2017-9", "２０１７", "0002017", "2017-02-30"])
def test_a_date_that_is_none_opens_no_import(client, intake, published):
    client.force_login(factories.membership(intake.corpus, intake.user, "manager").user)
    fields = {"addresses": "https://news.invalid/1", "published": published}
    answer = client.post("/corpora/reports/bring-in/", fields)
    assert list(answer.context["intake_form"].errors) == ["published"]
    sent = client.post("/api/v1/corpora/reports/intakes/", {"urls": [], "published": published}, "application/json")
    assert sent.status_code == 400
    assert intake.corpus.intakes.count() == 1

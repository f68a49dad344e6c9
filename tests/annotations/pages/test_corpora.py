"""The list of corpora."""

from tests import factories


def test_it_lists_mine_with_their_size_my_open_articles_and_my_role(page, corpus, people):
    for number in range(3):
        document = factories.document(f"Text {number}", corpus=corpus)
    factories.assignment(document, people.annotator)
    text = page("annotator", "/")
    assert '<a href="/corpora/reports/">Reports</a>' in text
    assert 'data-name="Articles">3<' in text
    assert 'data-name="My articles in progress">1<' in text
    assert 'data-name="My role">annotator<' in text


def test_open_articles_of_others_are_not_counted_as_mine(page, corpus, people):
    factories.assignment(factories.document("Text", corpus=corpus), people.annotator)
    assert 'data-name="My articles in progress">0<' in page("manager", "/")


def test_corpora_of_others_are_not_there(page, corpus):
    factories.corpus("secret-plan")
    assert "secret-plan" not in page("manager", "/")


def test_who_belongs_to_none_is_told_whom_to_ask(page):
    text = page("stranger", "/")
    assert "No corpus yet" in text
    assert "<strong>stranger</strong>" in text


def test_a_superuser_without_corpora_is_led_to_making_one(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("manager"))
    assert b"Create a corpus" in client.get("/").content


def test_the_number_of_queries_does_not_grow(queries, people):
    def add(count):
        for _ in range(count):
            made = factories.corpus()
            factories.membership(made, people.annotator, "annotator")
            factories.document(f"Text of {made}", corpus=made)

    few = queries("annotator", "/")
    add(50)
    assert queries("annotator", "/") == few

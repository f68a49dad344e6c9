"""Staff who are not superusers see their corpora only: in lists, filters, pages, choices, downloads."""

import uuid

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.test import RequestFactory
from django.urls import reverse

from annotations.models import Assignment, Attribute, Change, Label, Layer, Scheme, Span
from corpus.models import Article, Corpus, LoginFailure, Membership, Outlet, Token
from registry.models import Entity, Measure
from tests import everything, factories, marks
from tests.staff import address, signed_in, texts_of

SITE = admin.site
PUBLIC = {"registry.Measure", "registry.Paragraph", "registry.BaseEntity", "registry.BaseName"}  # the same for everybody
OPEN = sorted(
    (model for model in SITE._registry if model._meta.app_label in {"corpus", "registry", "annotations"}),
    key=lambda m: m._meta.label,
)
SCOPED = [model for model in OPEN if model._meta.label not in PUBLIC]


HIDDEN = ["Hidden name", "hidden-slug"]


@pytest.fixture
def both(filled, theirs):
    return filled.document.article.corpus, theirs


def test_no_list_names_anything_of_another_corpus(both, as_manager):
    for model in SCOPED:
        text = texts_of(as_manager.get(address(model, "changelist")))
        assert not [name for name in HIDDEN if name in text], model


def answer(client, model, page, key):
    """The status, where it leads and what the page there will say, with the key taken out."""
    response = client.get(address(model, page, key))
    said = [str(message).replace(str(key), "KEY") for message in get_messages(response.wsgi_request)]
    client.cookies.pop("messages", None)
    return response.status_code, response.headers.get("Location"), said


def test_a_page_of_another_corpus_answers_like_one_of_nothing(theirs, as_manager):
    for model in SCOPED:
        hidden = model._base_manager.first()
        nothing = uuid.uuid4() if isinstance(hidden.pk, uuid.UUID) else 10**9
        for page in ("change", "delete", "history"):
            found = [answer(as_manager, model, page, key) for key in (hidden.pk, nothing)]
            assert found[0] == found[1], (model, page)
            assert found[0][0] in (403, 404) or (found[0][1] == "/admin/" and found[0][2]), (model, page)


def autocompletes():
    for model, table in SITE._registry.items():
        for owner in (table, *[inline(model, SITE) for inline in table.inlines]):
            for name in owner.autocomplete_fields:
                yield owner.model, name


def test_an_autocomplete_offers_nothing_of_another_corpus(both, manager, as_manager):
    for model, field in set(autocompletes()):
        query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field, "term": ""}
        response = as_manager.get(reverse("admin:autocomplete"), query)
        remote = model._meta.get_field(field).remote_field.model
        if response.status_code == 403:
            assert remote in (Scheme, Label, Layer, Attribute, get_user_model())
            continue
        visible = SITE.get_model_admin(remote).get_queryset(request_of(manager)).values_list("pk", flat=True)
        assert {row["id"] for row in response.json()["results"]} <= {str(pk) for pk in visible}, (model, field)
        assert "Hidden" not in texts_of(response), (model, field)


def request_of(person):
    request = RequestFactory().get("/")
    request.user = person
    return request


def test_the_autocompletes_were_found():
    assert (Article, "outlet") in set(autocompletes())
    assert len(set(autocompletes())) > 10


def test_a_selection_holds_no_row_of_another_corpus(both, as_manager):
    downloaded = 0
    for model in SCOPED:
        keys = list(model._base_manager.values_list("pk", flat=True))[:900]
        response = as_manager.post(address(model, "changelist"), {"action": "download_csv", "_selected_action": keys})
        if response.status_code == 200 and response.streaming:
            downloaded += 1
            text = b"".join(response.streaming_content).decode()
            assert "Hidden" not in text, model
            assert "hidden-slug" not in text, model
    assert downloaded > 20


def test_our_own_rows_are_there(both, as_manager):
    """Without this, empty lists would pass for scoped ones."""
    for model in (Article, Span, Entity, Assignment, Change, Outlet, Membership, Corpus):
        response = as_manager.get(address(model, "changelist"))
        assert response.context["cl"].result_count >= 1, model
        assert response.context["cl"].result_count < model._base_manager.count(), model


def test_a_member_of_no_corpus_finds_what_is_public_and_their_tokens_only(client, theirs):
    client.force_login(factories.user("stranger", is_staff=True))
    response = client.get(reverse("admin:index"))
    tables = [table["object_name"] for group in response.context["app_list"] for table in (*group["models"], *group["parts"])]
    assert tables == [
        "BaseEntity", "SanctionsList", "ListVersion", "ListEntry", "Measure", "Paragraph", "BaseName", "ListFile", "ListedName", "Token",
    ]  # fmt: skip
    assert client.get(address(Article, "changelist")).status_code == 403


def test_nobody_but_staff_enters(client, ours):
    person = factories.user("annotator")
    factories.membership(ours, person, "manager")
    client.force_login(person)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_the_anonymous_are_sent_to_the_log_in_of_the_site(client, db):
    response = client.get(address(Article, "changelist"), follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('login')}?next=/admin/corpus/article/"


@pytest.mark.parametrize("model", [Scheme, Label, LoginFailure], ids=lambda model: model.__name__)
def test_scheme_and_log_ins_are_for_superusers(model, theirs, as_manager):
    assert as_manager.get(address(model, "changelist")).status_code == 403


def test_measures_are_read_by_staff_and_edited_by_superusers(as_viewer, as_administrator):
    measure = marks.measure()
    page = address(Measure, "change", measure.pk)
    assert measure.symbol in texts_of(as_viewer.get(page))
    assert as_viewer.post(page, {"symbol": "x"}).status_code == 403
    assert as_viewer.get(address(Measure, "add")).status_code == 403
    assert as_administrator.get(address(Measure, "add")).status_code == 200


def test_a_manager_sees_no_token_of_another_person(theirs, manager, as_manager):
    mine, _ = Token.issue(manager, "mine", ["read"])
    response = as_manager.get(address(Token, "changelist"))
    assert [row.pk for row in response.context["cl"].result_list] == [mine.pk]


def test_an_annotator_on_the_staff_sees_their_own_marks_and_not_the_others(ours):
    other = everything.one_of_each(ours)
    person = factories.user("annotator", is_staff=True)
    factories.membership(ours, person, "annotator")
    own = factories.assignment(other.document, person)
    response = signed_in(person).get(address(Assignment, "changelist"))
    assert [row.pk for row in response.context["cl"].result_list] == [own.pk]
    assert signed_in(person).get(address(Span, "changelist")).context["cl"].result_count == 0


LEAKS = [
    (Assignment, "annotator__password__startswith"),
    (Assignment, "document__text__startswith"),
    (Article, "corpus__memberships__user__password__startswith"),
    (Article, "url__startswith"),
    (Token, "digest__startswith"),
    (Token, "user__password__startswith"),
    (Membership, "user__password__startswith"),
    (Change, "user__email__startswith"),
    (Entity, "corpus__slug__startswith"),
    (Span, "_connector"),
    (Span, "assignment__annotator__password__regex"),
]


@pytest.mark.parametrize(("model", "lookup"), LEAKS, ids=str)
def test_a_filter_reaches_listed_columns_only(model, lookup, both, as_manager):
    assert as_manager.get(address(model, "changelist"), {lookup: "a"}).status_code == 400


def test_filters_that_are_listed_work(both, as_manager):
    ours, _ = both
    found = as_manager.get(address(Article, "changelist"), {"corpus__id__exact": ours.pk, "published_earliest__year": 2017})
    assert found.context["cl"].result_count == 1


def test_a_link_by_content_type_does_not_tell_whether_a_row_exists(theirs, as_manager):
    assert as_manager.get("/admin/r/1/1/").status_code == 404

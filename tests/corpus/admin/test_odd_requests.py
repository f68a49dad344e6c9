"""Requests that no page of ours makes are answered as the sender's error, never as ours."""

import pytest
from django.core.exceptions import ValidationError

from corpus.admin.fields import TidyJSONField, check_storable
from corpus.models import Article, Document, Membership, Outlet
from tests import factories
from tests.staff import address


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\0"},
        {"q": "a" * 5000},
        {"corpus__id__exact": "\0"},
        {"corpus__id__exact": "x"},
        {"corpus__id__exact": "9" * 40},
        {"published_earliest__year": "x"},
        {"published_earliest__year": "99999"},
        {"published_earliest__year": "2017", "published_earliest__month": "13"},
        {"published_earliest__year": "0"},
        {"p": "99999999999999"},
        {"p": "x"},
        {"o": "99.-3.x"},
        {"_to_field": "title"},
        {"all": ""},
        {"nothing__such": "1"},
        {"_facets": "True"},
        {"\0": "1"},
    ],
    ids=str,
)
def test_an_odd_address_of_a_list_is_no_error_of_ours(as_manager, ours, query):
    factories.article(ours, published_earliest="2017-09-04")
    assert as_manager.get(address(Article, "changelist"), query).status_code in (200, 302, 400)


@pytest.mark.parametrize("key", ["x", "\0", "9" * 40, "'", "-1"])
@pytest.mark.parametrize("model", [Article, Outlet], ids=lambda model: model.__name__)
def test_an_odd_key_is_a_row_that_is_not_there(as_manager, model, key):
    assert as_manager.get(f"/admin/corpus/{model.__name__.lower()}/{key}/change/", follow=True).status_code in (200, 400, 404)


@pytest.mark.parametrize("keys", [["x"], ["\0"], ["9" * 40], ["'"]], ids=str)
@pytest.mark.parametrize("model", [Document, Outlet], ids=lambda model: model.__name__)
def test_an_odd_selection_is_no_error_of_ours(as_manager, model, keys):
    data = {"action": "download_csv", "_selected_action": keys}
    assert as_manager.post(address(model, "changelist"), data).status_code in (200, 302, 400)


@pytest.mark.parametrize("value", ["\0", "x" * 300, "9" * 40, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")])
def test_an_odd_value_is_refused_by_the_form(as_manager, ours, value):
    sent = {"corpus": ours.pk, "name": value, "domain": "x" * 254}
    assert as_manager.post(address(Outlet, "add"), sent).status_code == 200
    sent = {"corpus": value, "user": value, "role": value}
    assert as_manager.post(address(Membership, "add"), sent).status_code == 200


@pytest.mark.parametrize(
    "text", ['"\\u0000"', '{"a": ["\\ud800"]}', '{"\\u0000": 1}', "[" * 100_000 + "]" * 100_000, "[" * 70 + "]" * 70]
)
def test_json_that_cannot_be_stored_is_refused(text):
    with pytest.raises(ValidationError):
        TidyJSONField().clean(text)


def test_json_that_can_be_stored_is_taken():
    assert TidyJSONField().clean('{"a": ["노동자", 1, null, true]}') == {"a": ["노동자", 1, None, True]}
    check_storable({"a": [{"b": "c"}]}, 64)


def test_json_is_shown_with_one_member_a_line_and_in_its_own_letters():
    assert TidyJSONField().prepare_value({"a": "노동자"}) == '{\n  "a": "노동자"\n}'


def test_a_string_is_json_as_well_on_its_way_through_the_form():
    shown = TidyJSONField().prepare_value("other")
    assert TidyJSONField().clean(shown) == "other"


@pytest.mark.parametrize("text", ['{"a":', "[" * 100_000])
def test_what_is_no_json_is_shown_again_as_it_was_sent(text):
    field = TidyJSONField()
    assert field.prepare_value(field.bound_data(text, None)) == text

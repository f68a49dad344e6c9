"""The register of measures: a measure with its paragraphs in one form, relations as a list."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from registry.models import Measure, Paragraph, ParagraphEffect, RegisterSource, Relation
from tests import everything, factories, marks
from tests.staff import address, form_of, texts_of


def test_a_superuser_enters_a_measure_with_what_its_paragraphs_require(as_administrator):
    sent = {
        "symbol": "S/RES/2397 (2017)", "code": "UNSCR-2397", "issuer": "UN Security Council", "adopted": "2017-12-22",
        "aliases": "Resolution 2397\nUNSC Resolution 2397, of December",
        "paragraphs-TOTAL_FORMS": 1, "paragraphs-INITIAL_FORMS": 0,
        "paragraphs-0-number": "8", "paragraphs-0-topic": "workers", "paragraphs-0-effect": "repatriate",
        "paragraphs-0-summary": "Workers return within 24 months.", "paragraphs-0-deadline": "2019-12-22",
        "paragraphs-0-report_dates": "2019-03-22\n2020-03-22",
    }  # fmt: skip
    assert as_administrator.post(address(Measure, "add"), sent).status_code == 302
    measure = Measure.objects.get()
    assert measure.aliases == ["Resolution 2397", "UNSC Resolution 2397, of December"]
    paragraph = measure.paragraphs.get()
    assert [day.isoformat() for day in paragraph.report_dates] == ["2019-03-22", "2020-03-22"]


def test_a_comma_in_an_alias_does_not_split_it_on_the_way_through_the_form(as_administrator):
    measure = marks.measure(aliases=["one, two", "three"])
    page = address(Measure, "change", measure.pk)
    assert as_administrator.post(page, form_of(as_administrator.get(page))).status_code == 302
    measure.refresh_from_db()
    assert measure.aliases == ["one, two", "three"]


@pytest.mark.parametrize("model", [ParagraphEffect, RegisterSource])
def test_what_each_load_writes_anew_is_only_shown(ours, as_administrator, model):
    everything.one_of_each(ours)
    row = model.objects.first()
    page = as_administrator.get(address(model, "change", row.pk))
    assert (page.status_code, row.code in texts_of(page)) == (200, True)
    for path, sent in (("add", ()), ("change", (row.pk,)), ("delete", (row.pk,))):
        assert (
            as_administrator.post(address(model, path, *sent), {"code": "mine", "does": "nothing", "post": "yes"}).status_code
            == 403
        )
    assert model.objects.get(pk=row.pk).code == row.code


@pytest.mark.parametrize(("field", "value"), [("paragraphs-0-report_dates", "soon"), ("adopted", "2017-13-01"), ("code", "")])
def test_a_wrong_value_is_refused_at_its_field(as_administrator, field, value):
    measure = marks.measure()
    page = address(Measure, "change", measure.pk)
    response = as_administrator.post(page, form_of(as_administrator.get(page)) | {field: value})
    assert response.status_code == 200
    assert "errorlist" in texts_of(response)


def test_two_measures_of_one_code_are_refused(as_administrator):
    first, second = marks.measure(), marks.measure()
    page = address(Measure, "change", second.pk)
    response = as_administrator.post(page, form_of(as_administrator.get(page)) | {"code": first.code})
    assert "already exists" in texts_of(response)


def test_a_measure_that_is_cited_is_not_deleted(ours, as_administrator):
    everything.one_of_each(ours)
    measure = Measure.objects.filter(citations__isnull=False).first()
    response = as_administrator.post(address(Measure, "delete", measure.pk), {"post": "yes"}, follow=True)
    assert "cannot be deleted: 1 citation of it" in texts_of(response)


def test_paragraphs_are_found_by_what_they_require(as_viewer):
    marks.measure()
    found = as_viewer.get(address(Paragraph, "changelist"), {"q": "no more than"})
    assert found.context["cl"].result_count == 1


def test_a_relation_is_edited_in_the_list_too(ours, as_manager):
    relation = marks.relation(marks.entity(ours), marks.entity(ours))
    page = address(Relation, "change", relation.pk)
    as_manager.post(page, form_of(as_manager.get(page)) | {"note": "inferred", "basis": "inferred"})
    relation.refresh_from_db()
    assert (relation.basis, relation.revision) == ("inferred", 2)


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [(("a", "a"), "An entity cannot be related to itself."), (("a", "b"), "with this Source, Type and Target already exists")],
)
def test_a_relation_that_cannot_be_is_refused_in_words(ours, as_manager, ends, sentence):
    factories.scheme()
    entities = {name: marks.entity(ours, name) for name in "ab"}
    marks.relation(entities["a"], entities["b"], "part_of")
    sent = {"source": entities[ends[0]].pk, "target": entities[ends[1]].pk, "type": "part_of", "basis": "stated"}
    assert sentence in texts_of(as_manager.post(address(Relation, "add"), sent))


def test_days_in_force_and_what_is_verified_are_edited_and_limits_only_shown(as_administrator):
    measure = marks.measure()
    measure.paragraphs.update(limits=[{"goods": "coal", "high": ["7", "t"]}])
    page = address(Measure, "change", measure.pk)
    sent = form_of(as_administrator.get(page)) | {
        "in_force_from": "2017-08-05", "in_force_to": "2018-01-01", "adopted_verified": "on", "kind": "resolution",
        "adopted_verified_source": "un-2371, head",
        "paragraphs-0-in_force_to": "2017-12-22", "paragraphs-0-content_verified": "on", "paragraphs-0-content_verified_source": "un-2371", "paragraphs-0-replaced_by": "UNSCR-2397 8",
        "paragraphs-0-limits": '"all"',
    }  # fmt: skip
    assert as_administrator.post(page, sent).status_code == 302
    measure.refresh_from_db()
    paragraph = measure.paragraphs.get()
    assert (measure.in_force_to.isoformat(), measure.adopted_verified, measure.kind) == ("2018-01-01", True, "resolution")
    assert (paragraph.in_force_to.isoformat(), paragraph.content_verified) == ("2017-12-22", True)
    assert (paragraph.replaced_by, paragraph.limits) == (["UNSCR-2397 8"], [{"goods": "coal", "high": ["7", "t"]}])


@pytest.mark.parametrize("prefix", ["", "paragraphs-0-"])
def test_an_end_before_the_beginning_is_refused(as_administrator, prefix):
    page = address(Measure, "change", marks.measure().pk)
    days = {f"{prefix}in_force_from": "2018-01-01", f"{prefix}in_force_to": "2017-01-01"}
    response = as_administrator.post(page, form_of(as_administrator.get(page)) | days)
    assert response.status_code == 200
    assert "errorlist" in texts_of(response)


def test_whoever_verifies_the_day_of_a_measure_is_signed_too(as_administrator):
    row = marks.measure()
    page = address(Measure, "change", row.pk)
    sent = form_of(as_administrator.get(page)) | {"adopted_verified": "on"}
    assert "Name the text that was read" in texts_of(as_administrator.post(page, sent))
    assert as_administrator.post(page, sent | {"adopted_verified_source": "un-2371, head"}).status_code == 302
    row.refresh_from_db()
    assert (row.adopted_verified_by.is_superuser, row.adopted_verified_on) == (True, timezone.localdate())
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=row.pk).update(adopted_verified=False)


def test_whoever_verifies_names_the_text_and_is_signed_with_the_day(as_administrator):
    row = marks.measure().paragraphs.get()
    page = address(Paragraph, "change", row.pk)
    sent = form_of(as_administrator.get(page)) | {"content_verified": "on"}
    refused = as_administrator.post(page, sent)
    assert (refused.status_code, "Name the text that was read" in texts_of(refused)) == (200, True)
    signing = {"content_verified_source": "un-2371, page 4", "content_verified_by": "1", "content_verified_on": "2001-01-01"}
    assert as_administrator.post(page, sent | signing).status_code == 302
    row.refresh_from_db()
    assert (row.content_verified_by.is_superuser, row.content_verified_on) == (True, timezone.localdate())
    assert (row.content_verified_source, row.number_verified_by, row.number_verified_on) == ("un-2371, page 4", None, None)
    again = form_of(as_administrator.get(page))
    assert as_administrator.post(page, again | {"note": "other"}).status_code == 302
    row.refresh_from_db()
    assert row.content_verified_by.is_superuser
    del again["content_verified"]
    assert as_administrator.post(page, again).status_code == 302
    row.refresh_from_db()
    assert (row.content_verified, row.content_verified_by, row.content_verified_on, row.content_verified_source) == (
        False,
        None,
        None,
        "",
    )


@pytest.mark.parametrize(
    "columns",
    [
        {"content_verified_source": "a text"},
        {"number_verified_on": "2020-01-01"},
        {"number_verified": True, "number_verified_by": "person"},
        {"number_verified": True, "number_verified_by": "person", "number_verified_on": "2020-01-01"},
    ],
)
def test_the_database_has_no_flag_that_nobody_signed(db, columns):
    row = marks.measure().paragraphs.get()
    if "number_verified_by" in columns:
        columns = columns | {"number_verified_by": factories.user()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Paragraph.objects.filter(pk=row.pk).update(**columns)

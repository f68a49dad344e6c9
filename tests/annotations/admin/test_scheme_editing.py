"""The scheme is edited without code: a version in use is closed, a copy is open, and a corpus takes it when it is finished."""

import json
import uuid

import pytest

from annotations.assign import open_for
from annotations.models import Assignment, Attribute, Choice, CorpusScheme, Event, Label, Layer, Role, Rule, Scheme
from annotations.schemes.stored import compiled, copy_version
from annotations.write.apply import apply_changes
from annotations.write.errors import Refusal
from corpus.models import Corpus
from tests import factories, marks
from tests.annotations.moves.conftest import version
from tests.annotations.moves.test_moves import renamed
from tests.staff import address, form_of, texts_of

TEXT = "Workers sent home\n\nOne firm asked for student visas for 20 workers."


@pytest.fixture
def scheme(db):
    return factories.scheme()


@pytest.fixture
def draft(scheme):
    return copy_version(scheme, "1.4.0")


@pytest.fixture
def used(scheme, ours):
    """The scheme, under which somebody has marked something."""
    person = factories.user("annotator")
    factories.membership(ours, person, "annotator")
    marks.span(factories.assignment(factories.document(TEXT, corpus=ours), person), "One firm", "COMPANY")
    return scheme


def part(model, scheme, **fields):
    path = {Label: "layer__scheme", Choice: "attribute__scheme", Role: "label__layer__scheme"}.get(model, "scheme")
    return model.objects.filter(**{path: scheme}, **fields).first()


def save(client, row, **changed):
    page = address(type(row), "change", row.pk)
    return client.post(page, form_of(client.get(page)) | changed, follow=True)


def add_choice(client, attribute, **choice):
    place = attribute.choices.count()
    sent = {"choices-TOTAL_FORMS": place + 1} | {f"choices-{place}-{name}": value for name, value in choice.items()}
    return save(client, attribute, **sent)


def test_an_administrator_adds_a_permit_type_without_code(used, ours, as_administrator):
    """Journey 12, B1: copy the version, add the choice, give it to the corpus; what was marked stays as it was."""
    old = Assignment.objects.get()
    answer = as_administrator.post(address(Scheme, "copy", used.pk), {"version": "1.4.0"}, follow=True)
    assert "It can be edited until the first assignment uses it" in texts_of(answer)
    draft = Scheme.objects.get(version="1.4.0")
    attribute = part(Attribute, draft, label__code="PERMIT", code="permit_type")
    add_choice(as_administrator, attribute, code="student_visa", name="student visa")
    CorpusScheme.objects.create(corpus=ours, scheme=used)
    sent = form_of(as_administrator.get(address(Corpus, "change", ours.pk)))
    prefix = next(name for name in sent if name.endswith("-scheme"))
    save(as_administrator, ours, **{prefix: draft.pk})
    person = factories.user("newcomer")
    factories.membership(ours, person, "annotator")
    fresh, _ = open_for(person, old.document)
    assert fresh.scheme == draft
    assert apply_changes(fresh, person, 0, permit_of_a_student()).revision == 1
    old.refresh_from_db()
    assert old.scheme == used
    with pytest.raises(Refusal, match="student_visa"):
        apply_changes(old, old.annotator, old.revision, permit_of_a_student())


def permit_of_a_student():
    permit = {"id": str(uuid.uuid4()), "type": "PERMIT", "attributes": {"permit_type": "student_visa"}}
    start = TEXT.index("asked")
    words = {"start": start, "end": start + 5, "quote": "asked"}
    trigger = {"id": str(uuid.uuid4()), "layer": "EVENT", "label": "PERMIT", "event": permit["id"], "fragments": [words]}
    return [
        {"id": str(uuid.uuid4()), "op": "create", "kind": kind, "object": made}
        for kind, made in [("event", permit), ("span", trigger)]
    ]


@pytest.mark.parametrize("model", [Scheme, Layer, Label, Attribute, Choice, Role, Rule], ids=lambda model: model.__name__)
def test_a_version_in_use_is_read_only(model, used, as_administrator):
    row = used if model is Scheme else part(model, used)
    page = address(model, "change", row.pk)
    assert 'name="_save"' not in texts_of(as_administrator.get(page))
    assert as_administrator.post(page, {"name": "x"}).status_code == 403


@pytest.mark.parametrize("model", [Scheme, Layer, Label, Attribute, Choice, Role, Rule], ids=lambda model: model.__name__)
def test_a_draft_is_edited(model, draft, as_administrator):
    row = draft if model is Scheme else part(model, draft)
    field, value = ("level", "warning") if model is Rule else ("name", "New name")
    save(as_administrator, row, **{field: value})
    row.refresh_from_db()
    assert getattr(row, field) == value


def test_a_pattern_of_statements_is_edited_with_the_rest_of_the_file(draft, as_administrator):
    draft.body["sentences"]["types"]["REPATRIATE"]["frames"] = [{"clause": "{people} [be flown] home"}]
    assert "nobody" not in texts_of(save(as_administrator, draft, body=json.dumps(draft.body)))
    draft.refresh_from_db()
    assert compiled(draft).view.sentences["types"]["REPATRIATE"]["frames"] == [{"clause": "{people} [be flown] home"}]
    draft.body["sentences"]["types"]["REPATRIATE"]["frames"] = [{"clause": "{nobody} [be flown] home"}]
    text = texts_of(save(as_administrator, draft, body=json.dumps(draft.body)))
    assert "sentences.types.REPATRIATE.frames.1: {nobody} is not a role or attribute of the type; use one of agent" in text


def test_the_page_of_a_version_in_use_offers_the_copy(used, as_administrator):
    text = texts_of(as_administrator.get(address(Scheme, "change", used.pk)))
    assert "This version is in use" in text
    assert address(Scheme, "copy", used.pk) in text


def test_the_copy_has_the_same_content_under_its_own_number(used, as_administrator):
    as_administrator.post(address(Scheme, "copy", used.pk), {"version": "2.0.0"})
    copy = Scheme.objects.get(version="2.0.0")
    assert Label.objects.filter(layer__scheme=copy).count() == Label.objects.filter(layer__scheme=used).count()
    assert compiled(copy).view.roles("PERMIT") == compiled(used).view.roles("PERMIT")


@pytest.mark.parametrize(
    ("version", "sentence"), [("1.3.0", "already exists"), ("", "required"), ("1 0", "digits"), ("../x", "digits")]
)
def test_a_copy_needs_a_new_number(used, as_administrator, version, sentence):
    assert sentence in texts_of(as_administrator.post(address(Scheme, "copy", used.pk), {"version": version}))
    assert Scheme.objects.count() == 1


def test_the_next_number_is_proposed(used, as_administrator):
    assert 'value="1.4.0"' in texts_of(as_administrator.get(address(Scheme, "copy", used.pk)))


def test_staff_who_are_no_superusers_do_not_copy(used, as_manager):
    assert as_manager.post(address(Scheme, "copy", used.pk), {"version": "9"}).status_code == 403
    assert Scheme.objects.count() == 1


# Deleting


def test_deleting_a_label_in_use_is_refused_with_the_number_of_its_marks(used, as_administrator):
    label = part(Label, used, code="COMPANY")
    response = as_administrator.post(address(Label, "delete", label.pk), {"post": "yes"}, follow=True)
    assert f"“Company / employer” cannot be deleted: 1 mark of {used}" in texts_of(response).replace("&quot;", '"')
    assert Label.objects.filter(pk=label.pk).exists()


def test_a_role_in_use_says_how_many_arguments_fill_it(used, as_administrator):
    assignment = Assignment.objects.get()
    event = marks.event(assignment, "asked", "PERMIT")
    role = marks.argument(event, span=assignment.spans.first()).role
    response = as_administrator.post(address(Role, "delete", role.pk), {"post": "yes"}, follow=True)
    assert "1 argument of" in texts_of(response)


def test_an_unused_label_of_a_version_in_use_is_not_deleted_either(used, as_administrator):
    label = part(Label, used, code="VESSEL")
    response = as_administrator.post(address(Label, "delete", label.pk), {"post": "yes"}, follow=True)
    assert "is in use and cannot be changed" in texts_of(response)
    assert Label.objects.filter(pk=label.pk).exists()


def test_a_label_of_a_draft_is_deleted(draft, as_administrator):
    label = part(Label, draft, code="VESSEL")
    before = draft.loaded
    as_administrator.post(address(Label, "delete", label.pk), {"post": "yes"})
    draft.refresh_from_db()
    assert not Label.objects.filter(pk=label.pk).exists()
    assert draft.loaded > before


def test_a_scheme_in_use_is_not_deleted(used, as_administrator):
    response = as_administrator.post(address(Scheme, "delete", used.pk), {"post": "yes"}, follow=True)
    assert "cannot be deleted: 1 assignment" in texts_of(response)
    assert Scheme.objects.exists()


def test_a_draft_is_deleted_with_all_its_parts(draft, as_administrator):
    as_administrator.post(address(Scheme, "delete", draft.pk), {"post": "yes"})
    assert not Label.objects.filter(layer__scheme=draft.pk).exists()


# What others see of an edit


def test_an_edit_three_tables_down_is_seen_by_the_next_write(draft, as_administrator):
    """`compiled` is kept by the time of the last edit: an edit that does not touch it would stay unseen."""
    attribute = part(Attribute, draft, label__code="PERMIT", code="permit_type")
    before = compiled(draft).view.attributes("EVENT", "PERMIT")["permit_type"]["choices"]
    add_choice(as_administrator, attribute, code="student_visa", name="student visa")
    draft.refresh_from_db()
    after = compiled(draft).view.attributes("EVENT", "PERMIT")["permit_type"]["choices"]
    *own, not_stated = (choice["code"] for choice in before)
    assert [choice["code"] for choice in after] == [*own, "student_visa", not_stated]


def test_a_choice_deleted_from_the_form_is_gone_for_the_next_write(draft, as_administrator):
    attribute = part(Attribute, draft, label__code="PERMIT", code="permit_type")
    compiled(draft)
    save(as_administrator, attribute, **{"choices-0-DELETE": "on"})
    draft.refresh_from_db()
    codes = [choice["code"] for choice in compiled(draft).view.attributes("EVENT", "PERMIT")["permit_type"]["choices"]]
    assert codes == ["residence", "work", "licence", "exemption", "other", "not_stated"]


def test_a_draft_that_does_not_hold_together_is_said_and_not_taken_by_a_corpus(draft, ours, as_administrator):
    attribute = part(Attribute, draft, label__code="PERMIT", code="permit_type")
    attribute.choices.all().delete()
    label = part(Label, draft, code="PERMIT")
    assert "Incomplete: " in texts_of(save(as_administrator, label, definition="Changed."))
    response = as_administrator.post(address(CorpusScheme, "add"), {"corpus": ours.pk, "scheme": draft.pk})
    assert "is incomplete" in texts_of(response)
    assert not CorpusScheme.objects.exists()


def test_a_version_that_lacks_what_readings_use_is_not_taken(used, ours, as_administrator):
    newer = version(renamed)
    Event.objects.create(assignment=Assignment.objects.get(), label=part(Label, used, code="REPATRIATE"), revision=1)
    response = as_administrator.post(address(CorpusScheme, "add"), {"corpus": ours.pk, "scheme": newer.pk})
    assert "has no REPATRIATE, which readings of this corpus use" in texts_of(response)
    assert not CorpusScheme.objects.exists()


def test_a_finished_draft_is_taken(draft, ours, as_administrator):
    as_administrator.post(address(CorpusScheme, "add"), {"corpus": ours.pk, "scheme": draft.pk})
    assert CorpusScheme.objects.get().scheme == draft


# Clear errors


def test_a_new_label_goes_behind_the_others(draft, as_administrator):
    layer = part(Layer, draft, code="ACTOR")
    sent = {
        "layer": layer.pk,
        "code": "BANK",
        "name": "Bank",
        "badge": "BNK",
        "definition": "A bank.",
        "color": "{}",
        "extra": "{}",
    }
    empty = {f"{inline}-{name}_FORMS": 0 for inline in ("attributes", "roles") for name in ("TOTAL", "INITIAL")}
    response = as_administrator.post(address(Label, "add"), sent | empty)
    assert response.status_code == 302
    assert Label.objects.get(code="BANK").order == 12


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"code": "COMPANY"}, "already exists"), ({"key": "c"}, "Another label of this layer uses this shortcut key.")],
    ids=str,
)
def test_what_the_database_would_refuse_is_said_in_words(draft, as_administrator, fields, sentence):
    response = save(as_administrator, part(Label, draft, code="PERSON"), **fields)
    assert sentence in texts_of(response)


def test_a_label_is_not_added_to_a_version_in_use(used, as_administrator):
    layer = part(Layer, used, code="ACTOR")
    sent = {
        "layer": layer.pk,
        "code": "BANK",
        "name": "Bank",
        "badge": "BNK",
        "definition": "A bank.",
        "color": "{}",
        "extra": "{}",
    }
    empty = {f"{inline}-{name}_FORMS": 0 for inline in ("attributes", "roles") for name in ("TOTAL", "INITIAL")}
    response = as_administrator.post(address(Label, "add"), sent | empty)
    assert "is in use and cannot be changed" in texts_of(response)
    assert not Label.objects.filter(code="BANK").exists()


def test_two_attributes_of_one_code_are_refused_in_words(draft, as_administrator):
    label = part(Label, draft, code="PERMIT")
    place = label.attributes.count()
    row = {"code": "permit_type", "name": "Again", "type": "text"}
    sent = {f"attributes-{place}-{name}": value for name, value in row.items()} | {"attributes-TOTAL_FORMS": place + 1}
    response = save(as_administrator, label, **sent)
    assert "permit_type: given more than once." in texts_of(response)


def test_a_type_that_the_program_does_not_know_is_refused_in_words(draft, as_administrator):
    attribute = part(Attribute, draft, label__code="PERMIT", code="permit_type")
    response = save(as_administrator, attribute, type="colour")
    assert "colour: one of bool, currency, decimal" in texts_of(response)


def test_an_attribute_added_to_a_label_belongs_to_its_version(draft, as_administrator):
    label = part(Label, draft, code="PERMIT")
    place = label.attributes.count()
    row = {"code": "number", "name": "Number", "type": "text"}
    sent = {f"attributes-{place}-{name}": value for name, value in row.items()} | {"attributes-TOTAL_FORMS": place + 1}
    save(as_administrator, label, **sent)
    attribute = Attribute.objects.get(code="number")
    assert (attribute.scheme, attribute.order) == (draft, place + 1)


def test_the_examples_of_a_label_keep_their_commas(draft, as_administrator):
    label = part(Label, draft, code="PERMIT")
    save(as_administrator, label, examples="visa, residence permit\nwork permit")
    label.refresh_from_db()
    assert label.examples == ["visa, residence permit", "work permit"]


def test_the_look_of_a_label_is_drawn_without_inline_style(scheme, as_administrator):
    text = texts_of(as_administrator.get(address(Label, "changelist")))
    assert "<svg" in text
    assert "style=" not in text

"""The scheme file becomes rows, can be loaded again, and comes back whole."""

import copy
import json
from pathlib import Path

import pytest
from django.db.models import ProtectedError

from annotations.models import Attribute, Choice, Label, Role, Scheme
from annotations.schemes.stored import SchemeError, copy_version, data_of, essence, load_scheme
from registry.models import Measure, Paragraph

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[3] / "domain" / "scheme.json"


@pytest.fixture
def body():
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_loading_makes_a_row_of_every_label_attribute_and_role(body):
    scheme = load_scheme(body).scheme
    assert Label.objects.filter(layer__scheme=scheme).count() == 11 + 7 + 16
    assert Role.objects.filter(layer__scheme=scheme).count() == 3
    assert Attribute.objects.filter(scheme=scheme, section="entity").count() == 10
    assert scheme.rules.count() == 31
    assert Measure.objects.count() == 10
    assert Paragraph.objects.get(measure__code="UNSCR-2397").deadline.isoformat() == "2019-12-22"


def test_the_rows_give_the_file_back(body):
    scheme = load_scheme(body).scheme
    assert essence(data_of(scheme)) == essence(body)
    assert [m["code"] for m in data_of(scheme)["measures"]] == [m["code"] for m in body["measures"]]


def test_loading_the_same_again_changes_nothing(body):
    first = load_scheme(body)
    rows = set(Label.objects.values_list("pk", flat=True))
    again = load_scheme(body)
    assert (first.changed, again.changed) == (True, False)
    assert set(Label.objects.values_list("pk", flat=True)) == rows


def test_a_version_that_nobody_used_is_replaced(body):
    load_scheme(body)
    changed = copy.deepcopy(body)
    changed["layers"][0]["labels"][0]["name"] = "Individual"
    assert load_scheme(changed).changed
    assert Label.objects.filter(name="Individual").exists()
    assert Scheme.objects.count() == 1


def test_a_version_in_use_is_closed_to_another_content(body, assignment):
    changed = copy.deepcopy(body)
    changed["layers"][0]["labels"][0]["name"] = "Individual"
    with pytest.raises(SchemeError, match=r"1\.3\.0 of sanctions-core is in use"):
        load_scheme(changed)
    assert not Label.objects.filter(name="Individual").exists()


def test_a_new_version_leaves_the_old_one_to_its_articles(body, assignment):
    changed = copy.deepcopy(body)
    changed["scheme"]["version"] = "1.4.0"
    new = load_scheme(changed).scheme
    assignment.refresh_from_db()
    assert assignment.scheme.version == "1.3.0"
    assert new.version == "1.4.0"


def test_a_malformed_file_is_refused_with_the_place(body):
    body["layers"][2]["labels"][0]["roles"][0]["fillers"][0]["labels"] = ["NOBODY"]
    with pytest.raises(SchemeError, match="ADOPT"):
        load_scheme(body)
    assert not Scheme.objects.exists()


def test_something_else_than_a_scheme_is_refused():
    with pytest.raises(SchemeError, match="not an annotation scheme"):
        load_scheme({"format": "sanctions-gold/1"})


def test_what_people_edited_in_the_register_stays(body):
    load_scheme(body)
    Measure.objects.filter(code="UNSCR-2371").update(regime="edited")
    body["scheme"]["version"] = "1.4.0"
    load_scheme(body)
    assert Measure.objects.get(code="UNSCR-2371").regime == "edited"


def test_a_copy_can_be_changed_without_code(body, assignment):
    new = copy_version(assignment.scheme, "1.4.0")
    permit = Attribute.objects.get(scheme=new, label__code="PERMIT", code="permit_type")
    Choice.objects.create(attribute=permit, code="student_visa", name="student visa", order=9)
    new.save()
    data = data_of(new)
    labels = {label["code"]: label for layer in data["layers"] for label in layer["labels"]}
    choices = [c["code"] for a in labels["PERMIT"]["attributes"] for c in a.get("choices", [])]
    assert "student_visa" in choices
    assert "student_visa" not in json.dumps(data_of(assignment.scheme))


def test_a_copy_under_a_version_that_exists_is_refused(body):
    scheme = load_scheme(body).scheme
    with pytest.raises(SchemeError, match="already exists"):
        copy_version(scheme, "1.3.0")


def test_a_label_in_use_cannot_be_deleted(assignment, span):
    span("300", "PEOPLE")
    with pytest.raises(ProtectedError):
        Label.objects.get(layer__scheme=assignment.scheme, code="PEOPLE").delete()

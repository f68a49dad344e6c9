import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.scheme.check import contrast
from annotations.scheme.view import SchemeView
from tests.annotations.pure.conftest import SCHEME


def at(body, path):
    """The part of a scheme at "layers.EVENT.labels.PAY": lists are entered by code or by place."""
    for part in path.split(".") if path else []:
        entries = (
            {entry["code"]: entry for entry in body if isinstance(entry, dict) and "code" in entry}
            if isinstance(body, list)
            else body
        )
        body = entries[part] if part in entries else body[int(part)]
    return body


@pytest.fixture
def problems(scheme_body):
    """The lines about a scheme of which one part was changed."""

    def changed(path, change):
        change(at(scheme_body, path))
        return SchemeView(scheme_body).check()

    return changed


def test_the_scheme_of_the_project_is_well_made(scheme):
    assert scheme.check() == []


# Shape


@pytest.mark.parametrize("body", [None, [], "scheme", 3, {"layers": 3}, {"scheme": []}])
def test_what_is_no_scheme_at_all_is_told(body):
    assert SchemeView(body).check()


@pytest.mark.parametrize(
    ("path", "field", "line"),
    [
        ("", "layers", "scheme file: lacks `layers`"),
        ("scheme", "version", "scheme: lacks `version`"),
        ("layers.ACTOR", "labels", "layers.ACTOR: lacks `labels`"),
        ("layers.EVENT.labels.PAY", "key", "layers.EVENT.labels.PAY: lacks `key`"),
        ("layers.EVENT.labels.PAY.roles.payer", "min", "layers.EVENT.labels.PAY.roles.payer: lacks `min`"),
        ("layers.EVENT.attributes.status", "type", "layers.EVENT.attributes.status: lacks `type`"),
        ("overlays.ATTRIBUTION", "attributes", "overlays.ATTRIBUTION: lacks `attributes`"),
        ("entity", "relations", "entity: lacks `relations`"),
        ("constraints.FIG-01", "level", "constraints.FIG-01: lacks `level`"),
    ],
)
def test_a_missing_field_is_named_with_its_place(problems, path, field, line):
    assert problems(path, lambda part: part.pop(field)) == [line]


@pytest.mark.parametrize(
    ("path", "field", "value", "line"),
    [
        ("scheme", "code", 7, "scheme.code: should be text"),
        ("layers.ACTOR", "labels", {}, "layers.ACTOR.labels: should be a list"),
        ("layers.ACTOR.labels.PERSON", "key", "", "layers.ACTOR.labels.PERSON.key: is empty"),
        ("layers.ACTOR.labels", "PERSON", None, None),
        ("layers.EVENT.labels.PAY.roles.payer", "min", True, "layers.EVENT.labels.PAY.roles.payer.min: should be a whole number"),
        (
            "layers.EVENT.labels.PAY.roles.payer",
            "fillers",
            "AGENT",
            "layers.EVENT.labels.PAY.roles.payer.fillers: should be a list",
        ),
        ("zone_kinds.credit", "annotate", 0, "zone_kinds.credit.annotate: should be true or false"),
        ("", "currencies", "CNY", "currencies: should be a list"),
        ("ucum_units", "mass", [1], "ucum_units.mass.0: should be text"),
        ("declared_units.TEU", "name", 1, "declared_units.TEU.name: should be text"),
        ("declared_units", "kg", {"name": "kilogram", "group": "mass"}, "declared_units.kg: UCUM has this unit"),
    ],
)
def test_a_field_of_the_wrong_type_is_named_with_its_place(problems, path, field, value, line):
    if line is None:
        assert problems(path, lambda part: part.__setitem__(0, "PERSON")) == ["layers.ACTOR.labels.0: should be an object"]
    else:
        assert problems(path, lambda part: part.__setitem__(field, value)) == [line]


# Names


def twice(part):
    part.append(dict(part[0]))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("layers", "layers: code 'ACTOR' is used 2 times"),
        ("layers.ACTOR.labels", "layers.ACTOR.labels: code 'PERSON' is used 2 times"),
        ("layers.EVENT.attributes", "layers.EVENT.attributes: code 'status' is used 2 times"),
        ("layers.EVENT.labels.PAY.roles", "layers.EVENT.labels.PAY.roles: code 'payer' is used 2 times"),
        ("layers.EVENT.labels.PAY.attributes", "layers.EVENT.labels.PAY.attributes: code 'payment_type' is used 2 times"),
        ("layers.EVENT.attributes.status.choices", "layers.EVENT.attributes.status.choices: code 'happened' is used 2 times"),
        ("entity.relations", "entity.relations: code 'part_of' is used 2 times"),
        ("constraints", "constraints: code 'SPAN-01' is used 2 times"),
        ("measures", "measures: code 'UNSCR-1718' is used 2 times"),
        ("relations", "relations.equivalent_to: is given twice for FIGURE and FIGURE"),
    ],
)
def test_a_code_is_used_once(problems, path, line):
    assert line in problems(path, twice)


def test_a_key_is_used_once_in_a_layer(problems):
    lines = problems("layers.ACTOR.labels.GROUP", lambda label: label.update(key="p"))
    assert lines == ["layers.ACTOR.labels: key 'p' is used 2 times"]


def test_a_key_may_be_used_in_two_layers(scheme_body):
    keys = [{label["key"] for label in layer["labels"]} for layer in scheme_body["layers"]]
    assert keys[0] & keys[1]


def test_layers_and_overlays_share_their_keys(problems):
    assert problems("overlays.ATTRIBUTION", lambda overlay: overlay.update(key="a")) == ["layers: key 'a' is used 2 times"]


def test_a_layer_is_of_one_of_three_kinds(problems):
    lines = problems("layers.ACTOR", lambda layer: layer.update(code="PLACE"))
    assert "layers.PLACE: is not one of actor, figure, event" in lines


# Attributes


def test_choices_that_lead_nowhere_are_named(problems):
    lines = problems("overlays.ATTRIBUTION.attributes.reliability", lambda entry: entry.update(choices="admiralty.trust"))
    assert lines == ["overlays.ATTRIBUTION.attributes.reliability.choices: 'admiralty.trust' does not exist in the file"]


@pytest.mark.parametrize("entries", [[1, 2], ["a"], [{"code": []}], [{"name": "x"}], {"code": "a"}, "code"])
def test_choices_lead_to_a_list_of_codes(scheme_body, entries):
    scheme_body["extra"] = entries
    at(scheme_body, "layers.EVENT.attributes.status")["choices"] = "extra"
    assert "layers.EVENT.attributes.status.choices: 'extra' does not exist in the file" in SchemeView(scheme_body).check()


@pytest.mark.parametrize("path", ["currencies.CNY", "scheme.code.x", "", ".", "layers.ACTOR"])
def test_a_path_through_other_things_leads_nowhere(problems, path):
    place = "overlays.ATTRIBUTION.attributes.reliability"
    assert problems(place, lambda entry: entry.update(choices=path)) == [f"{place}.choices: {path!r} does not exist in the file"]


def test_an_enum_has_choices(problems):
    lines = problems("layers.EVENT.labels.PAY.attributes.trend", lambda entry: entry.pop("choices"))
    assert lines == ["layers.EVENT.labels.PAY.attributes.trend: an enum needs `choices`"]


def test_a_default_may_stand_in_a_file_as_it_is_not_applied(problems):
    assert problems("layers.EVENT.attributes.status", lambda entry: entry.update(default="perhaps")) == []


def test_no_attribute_has_the_answer_not_stated_of_its_own(problems):
    lines = problems("layers.EVENT.attributes.status", lambda entry: entry["choices"].append({"code": "not_stated", "name": "?"}))
    assert lines == ["EVENT.status: 'not_stated' is added to the choices of a required fact, and must not be listed"]


def test_the_answer_not_stated_has_one_code_everywhere(problems):
    assert problems("not_stated", lambda entry: entry.update(code="silent")) == ["not_stated.code: should be 'not_stated'"]


def test_a_figure_label_names_attributes_of_its_layer(problems):
    lines = problems("layers.FIGURE.labels.MONEY", lambda label: label["attributes"].append("weight"))
    assert lines == ["layers.FIGURE.labels.MONEY.attributes: the layer has no attribute 'weight'"]


def test_an_attribute_is_required_for_labels_of_its_layer(problems):
    lines = problems("layers.FIGURE.attributes.unit", lambda entry: entry["required_for"].append("GROUP"))
    assert lines == ["layers.FIGURE.attributes.unit.required_for: the layer has no label 'GROUP'"]


# Roles


def test_a_role_takes_labels_that_exist(problems):
    lines = problems("layers.EVENT.labels.SHIP.roles.vessel", lambda role: role["fillers"][0]["labels"].append("BOAT"))
    assert lines == ["layers.EVENT.labels.SHIP.roles.vessel: there is no actor label 'BOAT'"]


def test_a_role_takes_labels_of_the_kind_that_it_names(problems):
    lines = problems("layers.EVENT.labels.SHIP.roles.vessel", lambda role: role["fillers"][0].update(kind="figure"))
    assert lines == ["layers.EVENT.labels.SHIP.roles.vessel: there is no figure label 'VESSEL'"]


def test_a_filler_is_of_a_known_kind(problems):
    lines = problems("layers.EVENT.labels.SHIP.roles.vessel", lambda role: role["fillers"][0].update(kind="thing"))
    assert lines == ["layers.EVENT.labels.SHIP.roles.vessel: filler kind 'thing' is not one of actor, figure, event, measure"]


def test_a_role_takes_something(problems):
    lines = problems("layers.EVENT.labels.SHIP.roles.vessel", lambda role: role["fillers"].clear())
    assert lines == ["layers.EVENT.labels.SHIP.roles.vessel.fillers: is empty"]


@pytest.mark.parametrize("labels", [None, "SOME"])
def test_a_filler_lists_labels_or_takes_any(problems, labels):
    lines = problems("layers.EVENT.labels.SHIP.roles.vessel", lambda role: role["fillers"][0].update(labels=labels))
    assert lines == ['layers.EVENT.labels.SHIP.roles.vessel: `labels` should be a list or "ANY"']


def test_a_named_set_is_the_set(problems):
    lines = problems("layers.EVENT.labels.PAY.roles.payer", lambda role: role["fillers"][0]["labels"].pop())
    assert lines == ["layers.EVENT.labels.PAY.roles.payer: `labels` is not the set 'AGENT'"]


@pytest.mark.parametrize(("least", "most"), [(2, 1), (-1, None)])
def test_minimum_and_maximum_agree(problems, least, most):
    lines = problems("layers.EVENT.labels.PAY.roles.payer", lambda role: role.update(min=least, max=most))
    assert lines == [f"layers.EVENT.labels.PAY.roles.payer: min {least} is greater than max {most}"]


def test_no_role_hides_one_that_every_event_has(problems):
    lines = problems("layers.EVENT.labels.PAY.roles.payer", lambda role: role.update(code="cause"))
    assert lines[0] == "layers.EVENT.labels.PAY.roles.cause: every event already has a role of this name"
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "role_functions.PAY",
        "sentences.types.PAY.frames.1",
        "sentences.types.PAY",
        "acts.PAY.from",
    ]


# Colours


def test_a_colour_that_cannot_be_read_is_named(problems):
    lines = problems("layers.ACTOR.labels.PERSON.color", lambda color: color["light"].update(ink="#88AACC"))
    assert "layers.ACTOR.labels.PERSON.color.light: contrast of ink on page is 2.42, below 4.5" in lines


def test_a_stated_contrast_is_high_enough(problems):
    lines = problems(
        "layers.ACTOR.labels.PERSON.color.contrast", lambda stated: stated.update(dark_ink_on_page=3, dark_line_on_page=2.9)
    )
    assert lines == [
        "layers.ACTOR.labels.PERSON.color.contrast.dark_line_on_page: 2.9 is below 3.0",
        "layers.ACTOR.labels.PERSON.color.contrast.dark_ink_on_page: 3 is below 4.5",
    ]


def test_a_line_that_cannot_be_seen_is_named(problems):
    lines = problems("layers.ACTOR.labels.PERSON.color", lambda color: color["light"].update(line="#9DBDF0"))
    assert lines == ["layers.ACTOR.labels.PERSON.color.light: contrast of line on page is 1.91, below 3.0"]


def test_a_line_is_not_asked_for(problems):
    assert problems("layers.ACTOR.labels.PERSON.color", lambda color: color["light"].pop("line")) == []


@pytest.mark.parametrize("color", ["blue", "#1A719", "1A7191#", "#1A7191FF", "#GG0000"])
def test_a_colour_has_six_hexadecimal_digits(problems, color):
    lines = problems("layers.ACTOR.labels.PERSON.color", lambda colors: colors["dark"].update(ink=color))
    assert any("is not a colour like #1A7191" in line for line in lines)


def test_contrast_is_that_of_the_web_guidelines():
    assert contrast("#000000", "#FFFFFF") == 21
    assert contrast("#FFFFFF", "#FFFFFF") == 1
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_a_label_without_colours_is_no_problem(problems):
    assert problems("layers.ACTOR.labels.PERSON", lambda label: label.update(color={})) == []


# Links, rules, registers


def test_a_link_joins_layers_that_exist(problems):
    lines = problems("relations.equivalent_to", lambda link: link.update(target="TIME"))
    assert lines == ["relations.equivalent_to: there is no layer or overlay 'TIME'"]


def test_a_rule_is_an_error_or_a_warning(problems):
    lines = problems("constraints.FIG-01", lambda rule: rule.update(level="fatal"))
    assert lines == ["constraints.FIG-01.level: 'fatal' is not one of error, warning"]


def test_a_rule_speaks_of_labels_that_exist(problems):
    lines = problems("constraints.EVT-04", lambda rule: rule["labels"].append("DEPORT"))
    assert lines == ["constraints.EVT-04.labels: there is no label 'DEPORT'"]


@pytest.mark.parametrize("register", ["currency_aliases", "currency_inferred"])
def test_a_word_for_a_currency_leads_to_one_that_the_scheme_has(problems, register):
    assert problems(register, lambda words: words.update(baht="THB")) == [f"{register}.baht: 'THB' is not among the currencies"]


def test_a_set_holds_labels_of_actors(problems):
    lines = problems("filler_sets", lambda sets: sets.update(MINE=["MONEY"]))
    assert lines == ["filler_sets.MINE: there is no actor label 'MONEY'"]


def test_a_vague_word_has_a_low_and_a_high(problems):
    lines = problems("layers.FIGURE.vague_words", lambda words: words[3].update(low=100))
    assert lines == ["layers.FIGURE.vague_words.dozens: low 100 is above high 99"]


# Whatever comes

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def places(body, prefix=()):
    if isinstance(body, dict | list):
        for key in body if isinstance(body, dict) else range(len(body)):
            yield (*prefix, key)
            yield from places(body[key], (*prefix, key))


PLACES = list(places(SCHEME))


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(st.sampled_from(PLACES), JSON)
def test_no_value_at_any_place_makes_the_check_fall_over(place, value):
    body = json.loads(json.dumps(SCHEME))
    part = body
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    assert all(isinstance(line, str) for line in SchemeView(body).check())

import json

import pytest

from annotations.scheme.view import SchemeView, UnknownLabel, resolve


def test_a_scheme_names_itself(scheme):
    assert (scheme.code, scheme.version) == ("sanctions-core", "1.3.0")
    assert scheme.name == "Sanctions reporting – core scheme"


def test_layers_come_in_their_order_and_have_a_kind(scheme_body):
    scheme_body["layers"].reverse()
    scheme = SchemeView(scheme_body)
    assert [layer["code"] for layer in scheme.layers] == ["ACTOR", "FIGURE", "EVENT"]
    assert [scheme.kind(layer["code"]) for layer in scheme.layers] == ["actor", "figure", "event"]


def test_a_layer_may_state_its_kind_and_have_another_name(scheme_body):
    scheme_body["layers"][0] |= {"code": "WHO", "kind": "actor"}
    scheme = SchemeView(scheme_body)
    assert scheme.kind("WHO") == "actor"
    assert scheme.layer_of("actor") == "WHO"


def test_an_unknown_layer_is_named(scheme):
    with pytest.raises(KeyError, match="no layer 'TIME'"):
        scheme.kind("TIME")


def test_there_may_be_no_layer_of_a_kind(scheme_body):
    del scheme_body["layers"][1]
    with pytest.raises(UnknownLabel, match="no layer of kind 'figure'"):
        SchemeView(scheme_body).layer_of("figure")


def test_a_label_is_found_in_its_layer_only(scheme):
    assert scheme.label("ACTOR", "GROUP")["badge"] == "GRP"
    assert scheme.has_label("ACTOR", "GROUP")
    assert not scheme.has_label("FIGURE", "GROUP")
    assert not scheme.has_label("TIME", "GROUP")


@pytest.mark.parametrize(("layer", "label"), [("FIGURE", "GROUP"), ("ACTOR", ""), ("TIME", "GROUP")])
def test_an_unknown_label_is_a_value_error_that_says_where(scheme, layer, label):
    with pytest.raises(UnknownLabel, match=layer):
        scheme.label(layer, label)
    assert issubclass(UnknownLabel, ValueError)


def test_labels_come_in_their_order(scheme):
    assert [label["code"] for label in scheme.labels("FIGURE")] == [
        "PEOPLE",
        "ITEMS",
        "MONEY",
        "QUANTITY",
        "DURATION",
        "SHARE",
        "RATE",
    ]
    with pytest.raises(KeyError):
        scheme.labels("TIME")


# Attributes


def test_an_actor_has_the_attributes_of_its_layer(scheme):
    assert list(scheme.attributes("ACTOR", "PERSON")) == ["mention_type", "entity"]


def test_a_figure_has_those_that_its_label_names_and_two_that_all_have(scheme):
    shares, people = scheme.attributes("FIGURE", "SHARE"), scheme.attributes("FIGURE", "PEOPLE")
    assert "of_whole" in shares
    assert "of_whole" not in people
    assert "counted" in people
    assert {"credibility", "note"} <= shares.keys() & people.keys()


def test_an_event_has_those_of_its_layer_and_its_own(scheme):
    known = scheme.attributes("EVENT", "EMPLOY")
    assert {"status", "polarity", "certainty", "time", "phase", "early", "sector"} <= known.keys()
    assert list(scheme.own_attributes("EMPLOY")) == ["unrealised_as", "phase", "early", "sector"]
    assert scheme.own_attributes("DISPATCH").keys() == {"unrealised_as"}


def test_choices_by_path_are_resolved_to_the_list(scheme, scheme_body):
    assert [choice["code"] for choice in scheme.attributes("FIGURE", "MONEY")["credibility"]["choices"]] == list("123456")
    claim = {entry["code"]: entry for entry in scheme.overlay("ATTRIBUTION")["attributes"]}
    assert [choice["code"] for choice in claim["reliability"]["choices"]] == list("ABCDEF")
    types = next(entry for entry in scheme.entity_attributes if entry["code"] == "type")
    assert "VESSEL" in [choice["code"] for choice in types["choices"]]
    # The scheme itself keeps the path.
    assert scheme_body["entity"]["attributes"][0]["choices"] == "layers.ACTOR.labels"


@pytest.mark.parametrize("path", ["nowhere", "admiralty.trust", "layers.TIME.labels", "scheme"])
def test_a_path_that_leads_nowhere_is_a_key_error(scheme_body, path):
    with pytest.raises(KeyError):
        resolve(scheme_body, path)


def test_a_required_fact_can_be_answered_with_not_stated_and_nothing_else_can(scheme):
    known = [*scheme.attributes("EVENT", "PAY").values(), *scheme.overlay("ATTRIBUTION")["attributes"]]
    known += [
        *scheme.attributes("FIGURE", "PEOPLE").values(),
        *scheme.attributes("ACTOR", "GROUP").values(),
        *scheme.entity_attributes,
    ]
    offered = {entry["code"] for entry in known if (entry.get("choices") or [{}])[-1].get("code") == "not_stated"}
    assert offered == {"status", "polarity", "certainty", "payment_type", "modality"}
    assert scheme.attributes("EVENT", "PAY")["status"]["choices"][-1]["name"] == "not stated in the text"


def test_an_attributes_own_choices_stay_as_they_are(scheme, scheme_body):
    before = json.dumps(scheme_body)
    assert scheme.own_attributes("TEST")["kind"]["choices"][-1]["code"] == "not_stated"
    assert json.dumps(scheme_body) == before


# Roles


def test_an_event_has_its_own_roles_and_then_those_of_every_event(scheme):
    assert list(scheme.roles("PAY")) == [
        "payer",
        "recipient",
        "amount",
        "purpose",
        "beneficiary",
        "place",
        "cause",
        "legal_basis",
    ]


def test_an_unknown_event_type_is_named(scheme):
    for look_up in (scheme.roles, scheme.own_attributes, scheme.event_label):
        with pytest.raises(UnknownLabel, match="'PERSON'"):
            look_up("PERSON")


# The rest


def test_an_overlay_is_found_by_its_code(scheme):
    assert scheme.overlay("MEASURE_REF")["key"] == "u"
    with pytest.raises(UnknownLabel, match="'TIME'"):
        scheme.overlay("TIME")


def test_link_types_depend_on_both_ends(scheme):
    def codes(source, target):
        return [entry["code"] for entry in scheme.link_types(source, target)]

    assert codes("FIGURE", "FIGURE") == ["equivalent_to", "part_of"]
    assert codes("EVENT", "EVENT") == ["part_of", "possible_same_as"]
    assert codes("FIGURE", "EVENT") == []


def test_relations_between_entities_are_listed(scheme):
    assert "possible_same_as" in [entry["code"] for entry in scheme.entity_relations]


def test_registers_are_looked_up(scheme):
    assert "CNY" in scheme.currencies
    assert scheme.currency_aliases["RMB"] == "CNY"
    assert scheme.currency_inferred["pounds"] == "GBP"
    assert {"mo", "[bbl_us]", "%"} <= set(scheme.units)
    assert scheme.unit_groups["share"] == ["%"]
    assert "UNSCR-2371" in [measure["code"] for measure in scheme.measures]


def test_a_rule_has_a_level_and_what_it_needs(scheme):
    assert scheme.constraints["FIG-01"] == "error"
    assert scheme.constraints["EVT-04"] == "warning"
    assert scheme.rule("EVT-05")["any_of"] == ["measure", "directive"]
    assert scheme.rule("XYZ-99") == {}


def test_credits_and_markers_are_never_marked(scheme):
    assert not scheme.zone_is_marked("credit")
    assert not scheme.zone_is_marked("unheard of")


def test_a_view_of_a_bare_body_fails_only_when_asked():
    scheme = SchemeView({})
    assert scheme.check()
    assert scheme.measures == ()
    assert scheme.currencies == ()
    with pytest.raises(KeyError):
        _ = scheme.code

"""Words that speak for a role, the roles of a chain, named filters of events: all of it data of the scheme."""

import pytest

from annotations.scheme.view import SchemeView


@pytest.fixture
def told(scheme_body):
    """What is said of a scheme whose tables were changed."""

    def of(**tables):
        return SchemeView(scheme_body | tables).check()

    return of


def test_a_scheme_needs_none_of_the_tables(scheme_body):
    for name in (
        "role_cues",
        "role_particles",
        "chain",
        "places",
        "acts",
        "questions",
        "event_filters",
        "mention_forms",
        "entity_names",
        "label_words",
        "value_roles",
        "role_functions",
    ):
        del scheme_body[name]
    assert SchemeView(scheme_body).check() == []


@pytest.mark.parametrize("words", ["in", [1], None])
def test_words_for_a_role_are_a_list_of_words(told, words):
    lines = told(role_cues={"place": words})
    assert [line.startswith("role_cues.place") for line in lines] == [True]


def test_words_for_a_role_that_no_event_has_do_no_harm(told):
    assert told(role_cues={"sidekick": ["with"]}) == []


def test_particles_speak_for_uses_and_roles_by_lists_of_words(told, scheme_body):
    particles = scheme_body["role_particles"]
    assert told(role_particles=particles | {"roles": {"sidekick": ["와"]}}) == []
    assert [line.split(":")[0] for line in told(role_particles=particles | {"uses": {"object": "을"}})] == [
        "role_particles.uses.object"
    ]
    assert told(role_particles={name: each for name, each in particles.items() if name != "breaks"})


def test_words_of_a_label_are_of_one_that_there_is(told):
    assert told(label_words={"VESSEL": {"words": ["tanker"], "again": ["the"]}}) == []
    wrong = {"BOAT": {"words": ["dinghy"]}, "ITEMS": {"counts": ["CRATE"]}}
    assert told(label_words=wrong) == [
        "label_words.BOAT: there is no label 'BOAT'",
        "label_words.ITEMS: there is no label 'CRATE'",
    ]


def test_values_that_roles_tell_are_of_attributes_and_roles_that_there_are(told):
    assert told(value_roles={"SHIP": {"mode": {"submarine": ["giver"]}}}) == ["value_roles.SHIP: SHIP has no mode 'submarine'"]
    assert told(value_roles={"SHIP": {"mode": {"sts": ["skipper"]}}}) == ["value_roles.SHIP: SHIP has no role 'skipper'"]
    assert told(value_roles={"SAIL": {"mode": {"sts": []}}}) == ["value_roles.SAIL: there is no event 'SAIL'"]


def test_functions_name_types_and_roles_that_there_are_and_end_with_all_other_words(told):
    wrong = {"SELL": [], "TRADE": [{"subject": ["seller"]}, {"words": ["buy"], "subject": ["shopper"], "cues": {"till": ["at"]}}]}
    assert told(role_functions=wrong) == [
        "role_functions.SELL: there is no event 'SELL'",
        "role_functions.TRADE: TRADE has no role 'shopper'",
        "role_functions.TRADE: TRADE has no role 'till'",
        "role_functions.TRADE: only the last frame may be without `words`",
    ]
    assert told(role_functions={"TRADE": [{"subject": "seller"}]}) == ["role_functions.TRADE.0.subject: should be a list"]


def test_a_chain_runs_over_roles_that_events_fill(told):
    assert told(chain={"before": ["agent"], "after": []}) == ["chain.before: 'agent' is not a role of events"]
    assert told(chain={"before": [], "after": ["nobody"]}) == ["chain.after: 'nobody' is not a role of events"]


@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        ({"label": "GROUP"}, "event_filters.x: there is no event 'GROUP'"),
        ({"label": "EMPLOY", "attributes": {"phase": "over"}}, "event_filters.x: EMPLOY has no phase 'over'"),
        ({"label": "EMPLOY", "attributes": {"manner": "forced"}}, "event_filters.x: EMPLOY has no manner 'forced'"),
        ({"attributes": {}}, "event_filters.x.any.0: lacks `label`"),
    ],
)
def test_a_filter_asks_for_what_an_event_can_be(told, wanted, line):
    assert told(event_filters=[{"code": "x", "name": "X", "any": [wanted]}]) == [line]


def test_contract_ended_or_not_renewed_is_one_filter_of_the_scheme(scheme_body):
    (entry,) = scheme_body["event_filters"]
    wanted = {(x["label"], x["attributes"]["phase"], x["polarity"]) for x in entry["any"]}
    assert wanted == {("EMPLOY", "end", "positive"), ("EMPLOY", "extend", "negative")}


def test_forms_of_an_actors_words_are_choices_of_its_attribute(told, scheme_body):
    forms = scheme_body["mention_forms"]
    assert told(mention_forms=forms | {"pronoun": "PRN"}) == ["mention_forms: ACTOR has no form 'PRN'"]
    assert {"they", "those"} <= set(forms["pronouns"])


def test_pronouns_stand_for_labels_that_there_are(told, scheme_body):
    forms = scheme_body["mention_forms"]
    wrong = [{"pronouns": ["thou"], "labels": ["GOD"]}]
    assert told(mention_forms=forms | {"agreement": wrong}) == [
        "mention_forms.agreement.thou: 'thou' is not one of the pronouns",
        "mention_forms.agreement.thou: there is no label 'GOD'",
    ]


def test_which_relations_of_entities_go_both_ways_join_sources_or_lead_upwards(scheme_body):
    said = {entry["code"]: entry for entry in scheme_body["entity"]["relations"]}
    assert [code for code, entry in said.items() if entry.get("symmetric") and entry.get("dependent")] == ["possible_same_as"]
    assert [code for code, entry in said.items() if entry.get("transitive")] == ["located_in"]

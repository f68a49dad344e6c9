"""Two and three readings of one text: what they agree in, what there is to decide, and the gold that follows from decisions. Pure."""

import copy
import json
import uuid

import pytest

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.contents import groups_of
from annotations.adjudication.fields import field_lines
from annotations.adjudication.gold import Gold, changes_between
from annotations.adjudication.hanging import hanging
from annotations.adjudication.material import StatementChanges, material_differences
from annotations.adjudication.statement_rows import StatementRows
from annotations.agreement.reading import ReadingView
from annotations.scheme.view import SchemeView
from tests.factories import DOMAIN

KINDS = {"ACTOR": "actor", "FIGURE": "figure", "EVENT": "event"}
SEED = json.loads((DOMAIN / "gold_seed.json").read_text("utf-8"))
TEXT = (DOMAIN / "gold_seed.txt").read_text("utf-8")
SPACE = uuid.UUID(int=7)


def one(native, array, name):
    return next(record for record in native[array] if record["id"] == name)


def drop(native, array, name):
    native[array] = [record for record in native[array] if record["id"] != name]


def other_label(native):
    one(native, "mentions", "A41")["label"] = "FACILITY"


def other_value(native):
    one(native, "mentions", "F12")["attributes"].update(low=10_000_000, high=10_000_000)


def other_words(native):
    mark = one(native, "mentions", "F02")
    part = mark["fragments"][0]
    part["end"] += len(" were")
    part["quote"] = TEXT[part["start"] : part["end"]]


def words_beyond_the_claim(native):
    """Of a trigger that lies at the end of a claim, which no longer holds it."""
    part = one(native, "mentions", "T38")["fragments"][0]
    part["end"] += 4
    part["quote"] = TEXT[part["start"] : part["end"]]


def other_entity(native):
    one(native, "mentions", "A18")["attributes"]["entity"] = "E-NKW"


def other_status(native):
    one(native, "events", "EV08")["status"] = "unrealised"


def other_type(native):
    event = one(native, "events", "EV10")
    event.update(type="EMPLOY", attributes={"phase": "end"})
    event["arguments"][0]["role"] = "worker"
    one(native, "mentions", "T10")["label"] = "EMPLOY"


def no_event(native):
    drop(native, "events", "EV23")
    drop(native, "mentions", "T26")


def no_argument(native):
    event = one(native, "events", "EV07")
    event["arguments"] = [argument for argument in event["arguments"] if argument["role"] != "origin"]


def other_source(native):
    one(native, "attributions", "Q7").update(source_mention="A42", source_entity="E-SRCA")


def other_paragraph(native):
    native["measure_refs"][0]["paragraph"] = "99"


def no_link(native):
    native["relations"].pop()


def other_note(native):
    one(native, "mentions", "F12")["attributes"]["note"] = "in won"


def reading(*edits):
    native = copy.deepcopy(SEED)
    for edit in edits:
        edit(native)
    return ReadingView(native, KINDS)


def differences(*readings):
    return [group for group in groups_of(Alignment(readings)) if group.is_difference]


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (other_label, "mark"), (other_value, "mark"), (other_words, "mark"), (other_note, "mark"), (other_entity, "entity"), (other_status, "event"),
        (other_type, "event"), (no_event, "event"), (no_argument, "argument"), (other_source, "claim"), (other_paragraph, "citation"),
        (no_link, "link"),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_one(edit, kind):
    [group] = differences(reading(), reading(edit))
    assert group.kind == kind
    assert not group.is_agreed
    assert group.most is None


def test_equal_readings_have_nothing_to_decide():
    groups = groups_of(Alignment([reading(), reading(), reading()]))
    assert all(group.is_agreed for group in groups)
    assert len({group.location for group in groups}) == len(groups)


def test_what_two_of_three_say_is_what_most_say():
    [group] = differences(reading(other_label), reading(), reading(other_label))
    assert group.most == 0
    [group] = differences(reading(no_event), reading(), reading(no_event))
    assert (group.most, group.versions[0]) == (0, None)


def test_a_name_of_an_entity_that_each_made_of_their_own_is_no_difference():
    def own_entity(native):
        whole = json.dumps(native).replace('"E-W300"', '"E-ANOTHER"')
        native |= json.loads(whole)

    alignment = Alignment([reading(), reading(own_entity)])
    assert [group for group in groups_of(alignment) if group.is_difference] == []
    assert alignment.entities[1]["E-ANOTHER"] == "E-W300"


def test_two_mentions_of_one_entity_fill_a_role_with_the_same():
    def other_mention(native):
        event = one(native, "events", "EV26")
        argument = next(argument for argument in event["arguments"] if argument["role"] == "payer")
        entity = one(native, "mentions", argument["mention"])["attributes"]["entity"]
        others = [mark["id"] for mark in native["mentions"] if (mark.get("attributes") or {}).get("entity") == entity]
        argument["mention"] = next(name for name in others if name != argument["mention"])

    assert differences(reading(), reading(other_mention)) == []


# The gold


def gold_of(readings, choices=None, absent=()):
    alignment = Alignment(readings)
    return Gold(alignment, groups_of(alignment), choices or {}, SPACE, absent)


def count(gold):
    return len(gold.objects)


def test_the_gold_begins_with_all_that_is_agreed():
    whole = gold_of([reading(), reading()])
    assert count(whole) == sum(len(SEED[array]) for array in ("mentions", "events", "attributions", "measure_refs", "relations"))
    left = gold_of([reading(), reading(other_label, no_event, other_source)])
    assert count(whole) - count(left) == 4  # a mark, an event with its trigger, a claim


def test_a_pointer_comes_in_with_what_it_points_at():
    readings = [reading(), reading(other_label)]
    [group] = differences(*readings)
    before, after = gold_of(readings), gold_of(readings, {group.location: 1})
    changes = changes_between(before.objects, after.objects, {pk for _, pk in before.objects}, "x", SPACE)
    [made] = [change for change in changes if change["op"] == "create"]
    assert made["object"]["label"] == "FACILITY"
    filled = [change for change in changes if change["op"] == "update"]
    assert all(made["object"]["id"] in json.dumps(change["object"]) for change in filled)
    pointing = sum(argument.get("mention") == "A41" for event in SEED["events"] for argument in event["arguments"])
    assert len([change for change in filled if change["kind"] == "event"]) == min(pointing, 1) or pointing > 1


def test_what_a_person_deleted_stays_deleted():
    readings = [reading(), reading(other_label)]
    [group] = differences(*readings)
    before, after = gold_of(readings), gold_of(readings, {group.location: 0})
    changes = changes_between(before.objects, after.objects, set(), "x", SPACE)
    assert {change["op"] for change in changes} == {"create"}


def test_a_part_that_only_some_have_comes_along_with_its_whole():
    readings = [reading(), reading(no_event)]
    [group] = differences(*readings)
    before, after = gold_of(readings), gold_of(readings, {group.location: 0})
    [event] = [record for name, record in after.objects.items() if name not in before.objects and name[0] == "event"]
    assert {argument["role"] for argument in event["arguments"]} == {
        argument["role"] for argument in one(SEED, "events", "EV23")["arguments"]
    }


def test_dropping_a_mark_makes_what_hung_on_it_a_difference():
    argument = one(SEED, "events", "EV26")["arguments"][0]

    def relabelled(native):
        one(native, "mentions", argument["mention"])["attributes"]["mention_type"] = "PRO"

    readings = [reading(), reading(relabelled)]
    [group] = differences(*readings)
    gold = gold_of(readings, {group.location: None})
    names = hanging(gold, {group.location: 5})
    assert argument["role"] in {location.role for location in names if location.kind == "argument"}
    assert hanging(gold, {group.location: 5} | dict.fromkeys(names, 6)) == set()


# What comes first, and in words


def material(*readings):
    """All differences, and those that change a statement."""
    scheme = SchemeView(json.loads((DOMAIN / "scheme.json").read_text("utf-8")))
    alignment = Alignment(readings)
    groups = groups_of(alignment)
    return {group.location for group in groups if group.is_difference}, material_differences(alignment, groups, scheme, TEXT)


@pytest.mark.parametrize(
    ("edit", "is_material"),
    [
        (other_value, True),
        (other_status, True),
        (no_argument, True),
        (other_source, True),
        (other_words, False),
        (other_label, False),
    ],
)
def test_material_is_what_changes_a_statement(edit, is_material):
    differing, changing = material(reading(), reading(edit))
    assert changing == (differing if is_material else set())


def test_statements_under_another_choice_are_those_of_the_whole_gold():
    """Of all records and claims, only what a difference touches is worked out anew."""
    edits = [
        other_value,
        other_words,
        words_beyond_the_claim,
        other_entity,
        other_status,
        no_event,
        no_argument,
        other_source,
        other_paragraph,
        no_link,
    ]
    scheme = SchemeView(json.loads((DOMAIN / "scheme.json").read_text("utf-8")))
    alignment = Alignment([reading(), reading(*edits)])
    changes = StatementChanges(alignment, groups_of(alignment), scheme, TEXT)
    assert len(changes.differences) >= len(edits)
    for one, other in ((0, 1), (1, 0)):
        for difference in changes.differences:
            under = changes.swapped(one, other, [difference.location])
            whole = StatementRows.of_gold(under.gold, under.frame)
            assert under.rows_at(under.records) == whole.rows_at(whole.records)


def test_a_difference_says_which_fields_differ():
    readings = [reading(), reading(other_value)]
    [group] = differences(*readings)
    rows = {row.name: row.texts for row in field_lines(group, Alignment(readings)) if row.differs}
    assert rows == {"low": ["1,000,000", "10,000,000"], "high": ["1,000,000", "10,000,000"]}


@pytest.mark.parametrize("edit", [other_entity, no_event, no_argument, other_source, other_paragraph, no_link, other_type])
def test_every_kind_has_words(edit):
    readings = [reading(), reading(edit)]
    [group] = differences(*readings)
    assert any(row.differs and any(row.texts) for row in field_lines(group, Alignment(readings)))


def test_a_kind_of_mention_is_in_no_statement_even_where_its_event_differs():
    def other_mention(native):
        one(native, "mentions", "A45")["attributes"]["mention_type"] = "PRO"
        one(native, "events", "EV18")["status"] = "unrealised"

    _, changing = material(reading(), reading(other_mention))
    assert {location.kind for location in changing} == {"event"}


def test_of_two_differences_in_one_statement_the_one_that_does_not_change_it_comes_later():
    def wider_and_without_its_place(native):
        other_words(native)
        no_argument(native)

    differing, changing = material(reading(), reading(wider_and_without_its_place))
    assert ({each.kind for each in differing}, {each.kind for each in changing}) == ({"mark", "argument"}, {"argument"})


def test_an_event_of_one_reading_is_a_statement_with_what_fills_its_roles():
    differing, changing = material(reading(no_event), reading(), reading())
    assert changing == differing != set()


def test_differences_that_change_a_statement_only_together_all_come_first():
    def without_place(native):
        [origin] = [each["mention"] for each in one(native, "events", "EV07")["arguments"] if each["role"] == "origin"]
        no_argument(native)
        drop(native, "mentions", origin)
        native["relations"] = [each for each in native["relations"] if origin not in (each["source"], each["target"])]

    differing, changing = material(reading(without_place), reading())
    assert {each.kind for each in changing} == {"mark", "argument"}
    assert changing <= differing


def test_what_fills_a_role_is_shown_with_the_event_only_where_it_comes_along():
    def names(edit):
        readings = [reading(), reading(edit)]
        [group] = differences(*readings)
        return {row.name for row in field_lines(group, Alignment(readings))}

    roles = {argument["role"] for argument in one(SEED, "events", "EV08")["arguments"]}
    assert roles
    assert roles & names(other_status) == set()
    assert {"people", "worker"} <= names(other_type)
    assert "affected" in names(no_event)


def widened(name, letters):
    def edit(native):
        part = one(native, "mentions", name)["fragments"][0]
        part["end"] += letters
        part["quote"] = TEXT[part["start"] : part["end"]]

    return edit


longer_description = widened("A66", 4)  # of workers who are “they” in statements


def at(name):
    return one(SEED, "mentions", name)["fragments"][0]["start"]


def test_a_longer_description_elsewhere_changes_a_statement_that_says_they():
    _, changing = material(reading(), reading(longer_description))
    assert {location.start for location in changing} == {at("A66")}


def test_a_statement_rests_on_other_marks_of_an_actor_only_where_they_decide_how_it_is_called():
    """China is called by its name, whatever its marks are; EV34 has one of them, EV39 says “they”."""

    def other_states(native):
        for name in ("EV34", "EV39"):
            one(native, "events", name)["status"] = "unrealised"

    readings = [reading(), reading(widened("A06", 1), widened("A63", 1), longer_description, other_states)]
    alignment = Alignment(readings)
    scheme = SchemeView(json.loads((DOMAIN / "scheme.json").read_text("utf-8")))
    resting = StatementChanges(alignment, groups_of(alignment), scheme, TEXT).resting(0, 1)
    starts = {location.start: {row.start for row in rows} for location, rows in resting.items() if location.kind == "mark"}
    triggers = {name: at(one(SEED, "events", name)["triggers"][0]) for name in ("EV34", "EV39")}
    assert triggers["EV34"] in starts[at("A63")]
    assert triggers["EV34"] not in starts.get(at("A06"), set())
    assert triggers["EV39"] in starts[at("A66")]

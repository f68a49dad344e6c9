import copy
import random
import uuid

import pytest

from tests.native_diff import Difference, compare

LISTS = (
    "entities", "entity_relations", "mentions", "measure_refs", "events", "attributions", "relations",
    "segments", "zones", "normalisation", "source_map", "adjudication_notes",
)  # fmt: skip


def renamed(value, names):
    if isinstance(value, dict):
        return {key: renamed(entry, names) for key, entry in value.items()}
    if isinstance(value, list):
        return [renamed(entry, names) for entry in value]
    return names.get(value, value) if isinstance(value, str) else value


@pytest.fixture
def other(gold):
    return copy.deepcopy(gold)


@pytest.fixture
def of_other(other):
    arrays = ("mentions", "events", "attributions", "measure_refs", "entities")
    known = {item["id"]: item for array in arrays for item in other[array]}
    return known.__getitem__


@pytest.fixture
def differences(gold, other):
    """(kind, where, left, right) of all differences between the gold and the other document."""
    return lambda: [(x.kind, x.where, x.left, x.right) for x in compare(gold, other)]


def test_a_document_equals_itself(differences):
    assert differences() == []


def test_ids_do_not_count(gold, other):
    arrays = ("mentions", "events", "attributions", "measure_refs", "entities")
    names = {item["id"]: str(uuid.uuid4()) for array in arrays for item in other[array]} | {"Q0": str(uuid.uuid4())}
    assert compare(gold, renamed(other, names)) == []


def test_order_does_not_count(gold, other):
    chance = random.Random(5)
    for key in LISTS:
        chance.shuffle(other[key])
    for event in other["events"]:
        chance.shuffle(event["arguments"])
    for entity in other["entities"]:
        chance.shuffle(entity["identifiers"])
        chance.shuffle(entity["aliases"])
    assert compare(gold, other) == []


def test_derived_fields_do_not_count(gold, other):
    for key in ("checks", "counts"):
        del other[key]
    for item in other["mentions"]:
        item.pop("attribution", None)
    for event in other["events"]:
        for field in ("triggers", "attributions", "factuality", "realis"):
            del event[field]
    for entity in other["entities"]:
        del entity["mentions"]
    assert compare(gold, other) == []


def test_fields_that_say_nothing_do_not_count(gold, other, of_other):
    attributes = of_other("F01")["attributes"]
    of_other("F01")["attributes"] = {key: value for key, value in attributes.items() if value not in (None, False)}
    for entity in other["entities"]:
        entity.setdefault("note", None)
    assert compare(gold, other) == []


def test_raw_offsets_count_where_both_have_them(gold, other, of_other, differences):
    for item in other["mentions"]:
        for part in item["fragments"]:
            del part["raw_start"], part["raw_end"]
    assert compare(gold, other) == []
    of_other("A01")["fragments"][0].update(raw_start=6, raw_end=33)
    assert differences() == [("mark", "ACTOR GROUP “North Korean factory workers” at 5–33, raw", [[5, 33]], [[6, 33]])]


# What makes two documents different


def test_a_moved_mark_is_named_on_both_sides_and_wherever_it_is_used(of_other, differences):
    of_other("F01")["fragments"][0]["end"] = 416
    found = differences()
    assert ("mark", "FIGURE PEOPLE “300” at 412–415", "there", "nothing") in found
    assert ("mark", "FIGURE PEOPLE “300” at 412–416", "nothing", "there") in found
    assert {kind for kind, _, _, _ in found} == {"mark", "event", "link"}


def test_another_label_is_named(of_other, differences):
    of_other("F05").update(label="ITEMS")
    assert ("mark", "FIGURE ITEMS “20” at 1254–1256", "nothing", "there") in differences()


@pytest.mark.parametrize(
    ("pk", "field", "value"),
    [
        ("F01", "low", 301),
        ("F01", "comparator", "ge"),
        ("F06", "approximate", False),
        ("F08", "currency", "KPW"),
        ("F08", "per_period", "P1Y"),
        ("F09", "credibility", "6"),
        ("F10", "unit", None),
        ("F10", "note", None),
    ],
)
def test_another_value_of_a_figure_is_named(gold, of_gold, of_other, differences, pk, field, value):
    of_other(pk)["attributes"][field] = value
    ((kind, where, left, right),) = differences()
    assert kind == "mark"
    assert where.startswith(f"FIGURE {of_gold(pk)['label']} “")
    assert where.endswith(f", {field}")
    assert (left, right) == (of_gold(pk)["attributes"][field], value or None)


@pytest.mark.parametrize(
    ("part", "value", "field"),
    [("n", 200, "per_count n"), ("figure", "F01", "per_count figure"), ("mention", "A55", "per_count mention")],
)
def test_another_base_of_a_figure_is_named(of_other, differences, part, value, field):
    of_other("F08")["attributes"]["per_count"][part] = value
    ((kind, where, _, _),) = differences()
    assert (kind, where.split(", ")[-1]) == ("mark", field)


def test_another_thing_counted_is_named(of_other, differences):
    of_other("F02")["attributes"]["counted"] = {"entity": "E-W130"}
    assert differences() == [
        (
            "mark",
            "FIGURE PEOPLE “170” at 523–526, counted",
            "GROUP “Workers of the textile factory who were sent home”",
            "GROUP “Workers remaining at the textile factory”",
        )
    ]


def test_another_entity_of_a_mark_is_named(of_other, differences):
    of_other("A19")["attributes"]["entity"] = "E-CNFAC"
    ((kind, where, left, right),) = differences()
    assert kind == "mark"
    assert where.endswith(", entity")
    assert (left, right) == (
        "COMPANY “Textile factory in Dandong (unnamed)”",
        "COMPANY “Chinese factories that employ North Korean workers (class)”",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "ongoing"), ("polarity", "negative"), ("certainty", "possible"), ("note", "new"), ("type", "DISPATCH")],
)
def test_another_field_of_an_event_is_named(of_gold, of_other, differences, field, value):
    of_other("EV01")[field] = value
    assert differences() == [("event", f"EVENT REPATRIATE “repatriated” at 45–56, {field}", of_gold("EV01")[field], value)]


def test_another_attribute_of_an_event_is_named(of_other, differences):
    of_other("EV01")["attributes"]["manner"] = "forced"
    assert differences() == [("event", "EVENT REPATRIATE “repatriated” at 45–56, attribute manner", "unspecified", "forced")]


@pytest.mark.parametrize(("field", "value"), [("edtf", "2017-09-04"), ("part_of_day", "AF"), ("basis", "stated"), ("text", None)])
def test_another_time_of_an_event_is_named(of_other, differences, field, value):
    of_other("EV16")["time"][field] = value
    ((kind, where, _, right),) = differences()
    assert (kind, where.split(", ")[-1], right) == ("event", f"time {field}", value)


def test_a_missing_role_is_named_with_its_filler(of_other, differences):
    of_other("EV01")["arguments"].pop()
    ((kind, where, left, right),) = differences()
    assert (kind, where) == ("event", "EVENT REPATRIATE “repatriated” at 45–56, arguments")
    assert set(left) - set(right) == {"origin = ACTOR TERRITORY “Dandong” at 37–44"}


def test_the_same_filler_in_another_role_is_named(of_other, differences):
    of_other("EV01")["arguments"][1]["role"] = "destination"
    ((_, _, left, right),) = differences()
    assert set(right) - set(left) == {"destination = ACTOR TERRITORY “Dandong” at 37–44"}


def test_a_second_filler_that_is_the_same_counts(of_other, differences):
    of_other("EV01")["arguments"].append(of_other("EV01")["arguments"][1])
    assert len(differences()) == 1


def test_another_trigger_makes_another_event(other, of_other, differences):
    of_other("T13")["event"] = "EV04"
    named = {where for kind, where, left, _ in differences() if kind == "event" and left == "nothing"}
    returned, sent, left = "“return” at 542–548", "“sent back” at 1003–1012", "“return” at 349–355"
    assert named == {f"EVENT REPATRIATE {returned}", f"EVENT REPATRIATE {left} + EVENT REPATRIATE {sent}"}


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("source_entity", "E-SRCA", "source"),
        ("source_mention", "A22", "source mark"),
        ("modality", "alleged", "modality"),
        ("credibility", "3", "credibility"),
        ("parent", "Q1", "parent"),
        ("rating_note", "why", "rating_note"),
    ],
)
def test_another_field_of_a_claim_is_named(of_other, differences, field, value, name):
    of_other("Q2")[field] = value
    ((kind, where, _, _),) = differences()
    assert kind == "claim"
    assert where.startswith("“There used to be 300 North Korean workers here.")
    assert where.endswith(f"by “told” at 762–766, {name}")


@pytest.mark.parametrize("field", ["content", "cue"])
def test_another_content_or_cue_makes_another_claim(of_other, differences, field):
    of_other("Q2")[field][0]["end"] -= 1
    found = sorted((kind, left, right) for kind, _, left, right in differences())
    assert found == [("claim", "nothing", "there"), ("claim", "there", "nothing")]


def test_another_quote_of_a_claim_is_named(of_other, differences):
    of_other("Q2")["content"][0]["quote"] += " "
    ((kind, where, _, _),) = differences()
    assert (kind, where.split(", ")[-1]) == ("claim", "quotes")


@pytest.mark.parametrize(("field", "value"), [("measure", "UNSCR-2375"), ("paragraph", "17"), ("paragraph_basis", "stated")])
def test_another_field_of_a_citation_is_named(of_gold, of_other, differences, field, value):
    of_other("R1")[field] = value
    assert differences() == [("citation", f"“UNSC Resolution 2371” at 244–264, {field}", of_gold("R1")[field], value)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("screening", "no_match"),
        ("reference", "generic"),
        ("anonymous", True),
        ("note", "x"),
        ("aliases", ["PRC"]),
        ("countries", []),
        ("list_links", [{"list": "UN", "entry": "1"}]),
    ],
)
def test_another_field_of_an_entity_is_named(of_other, differences, field, value):
    of_other("E-CN")[field] = value
    ((kind, where, _, _),) = differences()
    assert (kind, where) == ("entity", f"TERRITORY “China”, {field}")


def test_a_missing_relation_is_named_with_both_ends(other, differences):
    other["entity_relations"] = other["entity_relations"][1:]
    assert differences() == [("relation", "TERRITORY “Dandong” located_in TERRITORY “Liaoning Province”", "there", "nothing")]


def test_another_basis_of_a_relation_is_named(other, differences):
    other["entity_relations"][0]["basis"] = "inferred"
    assert differences() == [
        ("relation", "TERRITORY “Dandong” located_in TERRITORY “Liaoning Province”, basis", "stated", "inferred")
    ]


def test_a_missing_link_is_named_with_both_ends(other, differences):
    other["relations"] = other["relations"][1:]
    assert differences() == [
        ("link", "FIGURE PEOPLE “170” at 523–526 part_of FIGURE PEOPLE “300” at 412–415", "there", "nothing")
    ]


def test_a_link_the_other_way_round_is_another(other, differences):
    link = other["relations"][0]
    link["source"], link["target"] = link["target"], link["source"]
    assert len(differences()) == 2


def test_a_reference_that_leads_nowhere_is_named(of_other, differences):
    of_other("F02")["attributes"]["counted"] = {"entity": "E-NOBODY"}
    assert differences()[0][3] == "unknown E-NOBODY"


# The document


@pytest.mark.parametrize(
    ("field", "value"), [("title", "Another"), ("clean_sha256", "0"), ("raw_length", 1), ("published", None)]
)
def test_another_fact_of_the_document_is_named(other, differences, field, value):
    other["document"][field] = value
    ((kind, where, _, right),) = differences()
    assert (kind, where, right) == ("document", f"document, {field}", value)


def test_another_address_is_named_whether_it_is_known_or_claimed(other, differences):
    other["document"]["url"] = None
    assert [(where, right) for _, where, _, right in differences()] == [("document, address", None)]
    other["document"]["claimed_url"] = "https://example.org/elsewhere"
    assert [(where, right) for _, where, _, right in differences()] == [("document, address", "https://example.org/elsewhere")]


def test_the_outlet_may_be_an_entity_or_its_name(other, differences):
    other["document"]["outlet"] = "Daily NK"
    assert differences() == []
    other["document"]["outlet"] = "Yonhap"
    assert differences() == [("document", "document, outlet", "Daily NK", "Yonhap")]


def test_another_scheme_or_narrator_is_named(other, differences):
    other["scheme"]["version"] = "2.0.0"
    other["default_attribution"]["source_entity"] = "E-CN"
    assert [(kind, where) for kind, where, _, _ in differences()] == [
        ("document", "narrator, source"),
        ("document", "scheme, version"),
    ]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("segments", "segment"),
        ("zones", "zone"),
        ("normalisation", "repair"),
        ("source_map", "source map"),
        ("adjudication_notes", "note"),
    ],
)
def test_a_missing_row_is_named(other, differences, key, kind):
    other[key].pop()
    ((found, _, left, right),) = differences()
    assert (found, left, right) == (kind, "there", "nothing")


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [("segments", "kind", "lead"), ("zones", "end", 209), ("normalisation", "why", "because"), ("source_map", "raw_end", 57)],
)
def test_another_row_is_two_differences(other, differences, key, field, value):
    other[key][0][field] = value
    assert sorted((left, right) for _, _, left, right in differences()) == [("nothing", "there"), ("there", "nothing")]


def test_a_double_of_a_mark_is_a_difference(other, differences):
    other["mentions"].append({**other["mentions"][1], "id": "A99"})
    assert differences() == [("mark", "ACTOR TERRITORY “Dandong” at 37–44", "nothing", "there")]


def test_a_difference_reads_as_a_line():
    assert (
        str(Difference("event", "EVENT PAY “pay” at 1–4, status", "general", None))
        == "event: EVENT PAY “pay” at 1–4, status: general ≠ null"
    )


def test_a_long_value_is_cut_in_the_line():
    line = str(Difference("note", "note", "x" * 1000, "there"))
    assert len(line) < 250

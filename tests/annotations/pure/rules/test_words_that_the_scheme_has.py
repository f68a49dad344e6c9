"""SCHEME: what a scheme does not have cannot be written."""

import pytest


@pytest.mark.parametrize(("layer", "label"), [("TIME", "DATE"), ("ACTOR", "SHIP"), ("FIGURE", "GROUP"), ("ACTOR", "")])
def test_an_unknown_layer_or_label_is_refused(refused, of_gold, layer, label):
    of_gold("A01").update(layer=layer, label=label)
    assert refused("span", of_gold("A01")) == ["SCHEME"]


def test_an_unknown_event_type_is_refused(refused, of_gold):
    of_gold("EV01").update(type="DEPORT")
    assert refused("event", of_gold("EV01")) == ["SCHEME"]


@pytest.mark.parametrize(
    ("kind", "pk", "field", "value"),
    [
        ("event", "EV01", "status", "maybe"),
        ("event", "EV01", "polarity", "neutral"),
        ("event", "EV01", "certainty", "100 %"),
        ("claim", "Q2", "mode", "spoken"),
        ("claim", "Q2", "modality", "sworn"),
        ("claim", "Q2", "evidence", "rumour"),
        ("claim", "Q2", "reliability", "G"),
        ("claim", "Q2", "credibility", 6),
        ("claim", "Q2", "source_basis", "guessed"),
        ("citation", "R1", "paragraph_basis", "guessed"),
        ("entity", "E-CN", "type", "COUNTRY"),
        ("entity", "E-CN", "reference", "vague"),
        ("entity", "E-CN", "screening", "done"),
        ("entity", "E-CN", "anonymous", "no"),
        ("entity", "E-CN", "name", 7),
        ("entity", "E-CN", "aliases", "PRC"),
    ],
)
def test_a_choice_that_the_scheme_lacks_is_refused(refused, of_gold, kind, pk, field, value):
    of_gold(pk)[field] = value
    assert refused(kind, of_gold(pk)) == ["SCHEME"]


def test_the_choices_are_listed(reasons, of_gold):
    of_gold("EV01")["polarity"] = "neutral"
    assert reasons("event", of_gold("EV01")) == ["polarity: 'neutral' is not one of positive, negative, not_stated"]


@pytest.mark.parametrize(
    ("pk", "attribute", "value"),
    [
        ("A01", "mention_type", "ADJ"),
        ("F01", "statistic", "mode"),
        ("F01", "use", "guess"),
        ("F01", "comparator", "approx"),
        ("F01", "credibility", "7"),
        ("A01", "colour", "red"),
        ("F01", "weight", 5),
    ],
)
def test_an_attribute_or_choice_of_a_mark_that_the_scheme_lacks_is_refused(refused, of_gold, pk, attribute, value):
    of_gold(pk)["attributes"][attribute] = value
    assert refused("span", of_gold(pk)) == ["SCHEME"]


def test_a_trigger_has_no_attributes(refused, of_gold):
    of_gold("T01")["attributes"] = {"manner": "forced"}
    assert refused("span", of_gold("T01")) == ["SCHEME"]


@pytest.mark.parametrize(
    ("pk", "attribute", "value"),
    [
        ("EV01", "manner", "gentle"),
        ("EV01", "phase", "end"),
        ("EV05", "early", "no"),
        ("EV05", "early", 0),
        ("EV18", "sector", "clothing"),
        ("EV26", "payment_type", True),
    ],
)
def test_an_attribute_of_an_event_is_its_own_and_of_its_type(refused, of_gold, pk, attribute, value):
    of_gold(pk)["attributes"][attribute] = value
    assert refused("event", of_gold(pk)) == ["SCHEME"]


def test_an_attribute_may_be_empty(refused, of_gold):
    of_gold("EV18")["attributes"]["sector"] = None
    of_gold("F01")["attributes"]["use"] = None
    assert refused("event", of_gold("EV18")) == []
    assert refused("span", of_gold("F01")) == []


@pytest.mark.parametrize(("field", "value"), [("basis", "guessed"), ("part_of_day", "noon")])
def test_a_time_has_choices_of_its_own(refused, of_gold, field, value):
    of_gold("EV16")["time"][field] = value
    assert refused("event", of_gold("EV16")) == ["SCHEME"]


def test_a_citation_names_a_measure_of_the_register(refused, of_gold):
    of_gold("R1")["measure"] = "UNSCR-9999"
    assert refused("citation", of_gold("R1")) == ["SCHEME"]
    of_gold("R1")["measure"] = None
    assert refused("citation", of_gold("R1")) == []


# Links and relations


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        ("equivalent_to", "F09", "F08"),
        ("part_of", "F02", "F01"),
        ("part_of", "EV07", "EV01"),
        ("possible_same_as", "EV27", "EV07"),
    ],
)
def test_a_link_joins_what_its_type_joins(refused, kind, source, target):
    assert refused("link", {"id": "L", "type": kind, "source": source, "target": target}) == []


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        ("equivalent_to", "EV07", "EV01"),
        ("part_of", "F02", "EV01"),
        ("part_of", "A01", "A02"),
        ("same", "F02", "F01"),
        ("possible_same_as", "F02", "F01"),
    ],
)
def test_a_link_of_the_wrong_type_is_refused(refused, kind, source, target):
    assert refused("link", {"id": "L", "type": kind, "source": source, "target": target}) == ["SCHEME"]


def test_nothing_is_linked_to_itself(refused):
    assert refused("link", {"id": "L", "type": "part_of", "source": "F02", "target": "F02"}) == ["SCHEME"]
    assert refused("relation", {"id": "R", "type": "part_of", "source": "E-CN", "target": "E-CN"}) == ["SCHEME"]


def test_a_relation_has_a_type_of_the_scheme(refused, reasons):
    relation = {"id": "R", "type": "owns", "source": "E-TEX", "target": "E-SEW"}
    assert refused("relation", relation) == ["SCHEME"]
    assert reasons("relation", relation) == ["the scheme has no relation 'owns' between entities"]


def test_a_list_link_has_a_match_of_the_scheme(refused, of_gold):
    of_gold("E-WPK")["list_links"] = [{"list": "UN", "entry": "KPe.001", "match": "probable", "list_version": "2017-09-01"}]
    assert refused("entity", of_gold("E-WPK")) == []
    of_gold("E-WPK")["list_links"][0]["match"] = "sure"
    assert refused("entity", of_gold("E-WPK")) == ["SCHEME"]

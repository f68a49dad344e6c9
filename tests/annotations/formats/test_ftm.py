"""FollowTheMoney entities: each is valid by the package's own model, and leads to entities that are there."""

import json
from collections import Counter

import pytest
from followthemoney import model
from followthemoney.types import registry

from annotations.formats.ftm import entity_lines
from annotations.formats.ftm.schema import date, entity_id, ident
from tests.annotations.formats.native import GOLD, gold, growth, hostile, written

HOSTILE = [
    "<script>alert(1)</script>",
    "=1+1",
    "\x01\x0b",
    '" "',
    "../../etc",
    "javascript:alert(1)",
    "a\r\nb",
    "🏭",
    "{}",
    "\u202ex",
]


def entities(content):
    return [json.loads(line) for line in content.decode().splitlines()]


@pytest.fixture(scope="module")
def found():
    return entities(written(entity_lines)[0])


def of_key(key):
    return entity_id(next(entity for entity in GOLD["entities"] if entity["id"] == key))


def of(found, schema):
    return [entity for entity in found if entity["schema"] == schema]


def check(found):
    """Valid by the model; required properties are there; what is pointed at is there and of a schema that fits."""
    known = {entity["id"]: model.get(entity["schema"]) for entity in found}
    assert len(known) == len(found)
    for entity in found:
        schema = known[entity["id"]]
        schema.validate(entity)
        assert registry.entity.clean(entity["id"]) == entity["id"]
        assert set(schema.required) <= set(entity["properties"]), entity
        for name, values in entity["properties"].items():
            prop = schema.properties[name]
            assert all(prop.type.clean(value) is not None for value in values), (name, values)
            if prop.type == registry.entity:
                assert all(known[value].is_a(prop.range) for value in values), (entity, name)


def test_the_gold_is_valid(found):
    check(found)
    assert model.get_proxy(found[0]).caption == GOLD["document"]["title"]


def test_what_the_gold_becomes(found):
    counts = Counter(entity["schema"] for entity in found)
    assert counts["Article"] == 1
    assert counts["Mention"] == 68
    assert counts["Documentation"] == 36
    assert counts["Payment"] + counts["Event"] == 41
    assert counts["Payment"] == 3
    assert counts["Employment"] + counts["UnknownLink"] == 26
    actors = ("Person", "LegalEntity", "Company", "PublicBody", "Organization", "Territory", "RealEstate")
    assert sum(counts[schema] for schema in actors) == 37


def test_an_article(found):
    (article,) = of(found, "Article")
    assert article["properties"]["publisher"] == ["Daily NK"]
    assert article["properties"]["publishedAt"] == ["2017-09"]
    assert article["properties"]["language"] == ["eng"]


def test_a_payment_has_its_ends_its_amount_and_its_story(found):
    payment = next(entity for entity in found if entity["id"].endswith("EV26"))
    properties = payment["properties"]
    assert (properties["payer"], properties["beneficiary"]) == ([of_key("E-NKW")], [of_key("E-WPK")])
    assert (properties["amount"], properties["currency"]) == (["45000"], ["CNY"])
    assert any("about KPW 7,800,000 a month for every 300 North Korean workers" in line for line in properties["summary"])
    assert properties["proof"] == ["article-seed-000"]


def test_what_did_not_happen_says_so_and_is_no_fact(found):
    names = {entity["id"]: entity["properties"]["name"][0] for entity in of(found, "Event")}
    assert names["event-seed-000-EV17"] == "not: work and contracts: extended"
    assert names["event-seed-000-EV28"].startswith("money changes hands (expected)")
    assert names["event-seed-000-EV41"].startswith("not: ")


def test_places_are_told_by_words_and_country(found):
    event = next(entity for entity in found if entity["id"].endswith("EV16"))
    assert "Dandong Railway Station" in event["properties"]["location"]
    assert event["properties"]["country"] == ["cn", "kp"]
    assert event["properties"]["date"] == ["2017-09-04"]


def test_confirmed_entries_of_lists_are_sanctions():
    document = gold()
    links = [
        {"list": "OFAC SDN", "entry": "123", "match": "confirmed", "list_version": "2017-08-22", "note": "by name"},
        {"list": "UN 1718", "entry": "KPe.001", "match": "possible"},
    ]
    next(entity for entity in document.native["entities"] if entity["id"] == "E-WPK")["list_links"] = links
    content, losses = written(entity_lines, [document])
    found = entities(content)
    check(found)
    (sanction,) = of(found, "Sanction")
    assert sanction["properties"]["recordId"] == ["123"]
    party = next(entity for entity in found if entity["id"] == of_key("E-WPK"))
    assert party["properties"]["topics"] == ["sanction"]
    assert "UN 1718 KPe.001: possible match" in party["properties"]["notes"]
    assert losses.counts["unconfirmed links to lists written only in notes"] == 1


def test_dates_of_birth_are_a_property_where_one_date_says_it():
    document = gold()
    births = [{"edtf": edtf, "words": f"born {edtf}"} for edtf in ("1960", "1960-03-05", "196X", "1960/1963", "1960~")]
    for entity in document.native["entities"]:
        entity["births"] = births
    content, _ = written(entity_lines, [document])
    found = entities(content)
    check(found)
    assert {tuple(person["properties"]["birthDate"]) for person in of(found, "Person")} == {("1960", "1960-03-05")}
    assert all("Born 196X: “born 196X”" in person["properties"]["notes"] for person in of(found, "Person"))
    assert not any("birthDate" in body["properties"] for body in of(found, "PublicBody"))


def test_a_sanction_has_what_the_list_says_of_the_entry():
    document = gold()
    links = [{"list": "EU", "entry": "EU.1", "match": "confirmed", "list_version": "2017-08-22"}]
    next(entity for entity in document.native["entities"] if entity["id"] == "E-WPK")["list_links"] = links
    facts = {
        "EU EU.1": {
            "authority": "European Union",
            "listed_on": "2016-03-02",
            "references": [["UN", "KPe.001"], ["UK", "DPR0001"]],
            "programmes": ["PRK", "TAQA"],
        }
    }
    content, _ = written(entity_lines, [document], listed=json.dumps(facts))
    found = entities(content)
    check(found)
    (sanction,) = of(found, "Sanction")
    said = sanction["properties"]
    assert (said["authorityId"], said["listingDate"], said["startDate"]) == (["EU.1"], ["2016-03-02"], ["2016-03-02"])
    assert (said["authority"], said["unscId"]) == (["European Union"], ["KPe.001"])
    assert "Also listed as UK DPR0001" in said["summary"]
    assert (sorted(said["program"]), "endDate" in said) == (["PRK", "TAQA"], False)
    assert "Entry of the list EU of 2017-08-22" in said["summary"]


@pytest.mark.parametrize(("others", "topics"), [([], None), (["UN"], ["sanction"])])
def test_a_sanction_that_is_delisted_has_an_end_and_makes_nobody_sanctioned(others, topics):
    document = gold()
    links = [{"list": name, "entry": "1", "match": "confirmed"} for name in ["EU", *others]]
    next(entity for entity in document.native["entities"] if entity["id"] == "E-WPK")["list_links"] = links
    content, _ = written(entity_lines, [document], listed=json.dumps({"EU 1": {"delisted_on": "2024-05-15"}}))
    found = entities(content)
    check(found)
    row = next(entity for entity in of(found, "Sanction") if "endDate" in entity["properties"])
    assert row["properties"]["endDate"] == ["2024-05-15"]
    assert "Not in the list since its version of 2024-05-15" in row["properties"]["summary"]
    party = next(entity for entity in found if entity["id"] == of_key("E-WPK"))
    assert party["properties"].get("topics") == topics


def test_a_listing_is_a_sanction_and_ownership_needs_an_asset():
    document = gold()
    events = {event["id"]: event for event in document.native["events"]}
    events["EV01"] |= {
        "type": "DESIGNATE",
        "arguments": [{"role": "target", "mention": "A54"}, {"role": "measure", "measure_ref": "R1"}],
    }
    events["EV02"] |= {"type": "OWN", "arguments": [{"role": "owner", "mention": "A54"}, {"role": "owned", "mention": "A19"}]}
    found = entities(written(entity_lines, [document])[0])
    check(found)
    assert of(found, "Sanction")[0]["properties"]["program"] == ["UNSC Resolution 2371"]
    assert of(found, "Ownership")[0]["properties"]["asset"] == [of_key("E-TEX")]


def test_what_does_not_fit_is_told():
    _, losses = written(entity_lines)
    assert losses.counts["pronouns left out"] == 4
    assert losses.counts["figures written only in sentences"] == 13
    assert losses.counts["claims written only as the source of a sentence"] == 10
    assert losses.counts["payments written as events"] == 4


def test_an_entity_of_two_documents_stands_once():
    one, two = written(entity_lines)[0], written(entity_lines, [gold(), gold(id="other")])[0]
    both = entities(two)
    check(both)
    assert Counter(entity["schema"] for entity in both)["Person"] == 3
    assert len(of(both, "Mention")) == 2 * len(of(entities(one), "Mention"))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_make_valid_lines(words):
    content, _ = written(entity_lines, [hostile(words)])
    assert content.count(b"\n") == len(entities(content))
    check(entities(content))
    for entity in entities(content):
        assert "javascript:" not in str(entity["properties"].get("sourceUrl"))


def test_ids_are_stable_and_clean():
    assert ident("entity", "E-CN") == "entity-E-CN"
    assert ident("entity", "a b") == ident("entity", "a b") != ident("entity", "a  b")


def test_keys_of_two_files_do_not_mix_and_uuids_stay():
    uuid = "4b3f1a52-7c1e-4d53-9c1e-0a4f6c2d7e10"
    assert entity_id({"id": uuid, "type": "PERSON", "name": "A"}) == f"entity-{uuid}"
    assert entity_id({"id": "E1", "type": "PERSON", "name": "A"}) != entity_id({"id": "E1", "type": "PERSON", "name": "B"})


@pytest.mark.parametrize(
    ("time", "told"),
    [
        (("2017-09-04", "2017-09-30"), "2017-09"),
        (("2017-01-01", "2017-12-31"), "2017"),
        (("2016-12-31", "2017-01-01"), None),
        ((None, None), None),
    ],
)
def test_partial_dates(time, told):
    assert date({"earliest": time[0], "latest": time[1]}) == told


def test_memory_does_not_grow():
    assert growth(entity_lines) < 200_000

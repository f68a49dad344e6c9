from annotations.derived.document import ClaimIndex
from annotations.native.view import NativeContext


def said_by(pk, bare, text, scheme):
    context = NativeContext(bare, text, scheme)
    return ClaimIndex(context).attributed(context.span(pk))


def claim(pk, text, *bounds, parent=None, source="E-SRCA"):
    content = [{"start": start, "end": end, "quote": text[start:end]} for start, end in bounds]
    return {"id": pk, "source_entity": source, "source_mention": None, "cue": [], "content": content, "parent": parent}


def test_what_no_claim_holds_is_said_by_the_narrator(bare, text, scheme):
    assert said_by("T01", bare, text, scheme) == "Q0"


def test_the_narrator_has_the_name_that_the_document_gives_it(bare, text, scheme):
    bare["default_attribution"]["id"] = "NARRATOR"
    context = NativeContext(bare, text, scheme)
    assert ClaimIndex(context).narrator == "NARRATOR"
    assert said_by("T01", bare, text, scheme) == "NARRATOR"
    del bare["default_attribution"]
    assert ClaimIndex(NativeContext(bare, text, scheme)).narrator == "Q0"


def test_the_innermost_of_nested_claims_says_it(bare, text, scheme):
    bare["attributions"].append(claim("Q99", text, (523, 548), parent="Q2"))
    assert said_by("F02", bare, text, scheme) == "Q99"
    assert said_by("F01", bare, text, scheme) == "Q2"


def test_of_two_claims_with_the_same_content_the_one_inside_the_other_says_it(bare, text, scheme):
    bare["attributions"].insert(0, claim("Q99", text, (395, 650), parent="Q2"))
    assert said_by("F02", bare, text, scheme) == "Q99"
    bare["attributions"].append(bare["attributions"].pop(0))
    assert said_by("F02", bare, text, scheme) == "Q99"


def test_claims_that_are_each_others_parents_end(bare, of_bare, text, scheme):
    bare["attributions"].append(claim("Q99", text, (395, 650), parent="Q2"))
    of_bare("Q2")["parent"] = "Q99"
    assert said_by("F02", bare, text, scheme) in ("Q2", "Q99")


def test_a_mark_half_inside_a_claim_is_not_in_it(bare, of_bare, text, scheme):
    of_bare("Q7")["content"] = claim("", text, (2221, 2310))["content"]
    assert said_by("F08", bare, text, scheme) == "Q0"
    assert said_by("F07", bare, text, scheme) == "Q7"


def test_fragments_may_lie_in_different_parts_of_a_content(bare, of_bare, text, scheme):
    of_bare("Q7")["content"] = claim("", text, (2221, 2306), (2328, 2588))["content"]
    assert said_by("F08", bare, text, scheme) == "Q7"
    assert said_by("F09", bare, text, scheme) == "Q0"


def test_actors_are_said_by_nobody(derived):
    assert not [item for item in derived()["mentions"] if item["layer"] == "ACTOR" and "attribution" in item]


def test_an_event_lists_the_claims_of_its_triggers_in_their_order(derived):
    events = {event["id"]: event for event in derived()["events"]}
    assert events["EV07"]["attributions"] == ["Q2", "Q3"]
    assert events["EV19"]["triggers"] == ["T21", "T24"]
    assert events["EV19"]["attributions"] == ["Q0"]


def test_triggers_come_in_the_order_of_the_text_and_not_of_the_file(bare, derived, gold):
    bare["mentions"].reverse()
    assert {event["id"]: event["triggers"] for event in derived()["events"]} == {
        event["id"]: event["triggers"] for event in gold["events"]
    }
    assert {x["id"]: x["mentions"] for x in derived()["entities"]} == {x["id"]: x["mentions"] for x in gold["entities"]}


def test_the_speaker_is_the_source_of_the_claim_or_the_outlet(bare, text, scheme):
    context = NativeContext(bare, text, scheme)
    claims = ClaimIndex(context)
    assert claims.speaker(context.span("F02")) == "E-MGR"
    assert claims.speaker(context.span("T01")) == "E-DNK"
    assert claims.speaker(context.span("T33")) is None

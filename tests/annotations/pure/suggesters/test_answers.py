"""What is taken of an answer of others, and why the rest is refused."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.suggesters.answers.verify import MOST_KEPT, AskedText, RefusedAnswer, verify
from annotations.suggesters.suggestion import ScannedText
from tests.annotations.pure.conftest import VIEW

TEXT = "👩🏽‍🏭 Kim, the head of Hana Bank's branch, paid 45,000 RMB to 단둥에서.\n\nIraqi workers left. Workers left twice, Kim said."


def asked(text=TEXT):
    segments, at = [], 0
    for paragraph in text.split("\n\n"):
        segments.append({"kind": "paragraph", "start": at, "end": at + len(paragraph)})
        at += len(paragraph) + 2
    return AskedText(ScannedText(text, segments, [], "en", VIEW))


def span(quote, label="PERSON", layer="ACTOR", **more):
    start = TEXT.index(quote)
    fragment = {"start": start, "end": start + len(quote), "quote": quote}
    return {"kind": "span", "layer": layer, "label": label, "fragments": [fragment], **more}


def whole(*suggestions, **more):
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    return {
        "protocol": "attest-suggest/1",
        "version": "3",
        "documents": [{"id": "a", "sha256": sha256, "suggestions": list(suggestions), **more}],
    }


def checked(*suggestions):
    version, answers = verify(whole(*suggestions), {"a": asked()}, "http:test")
    assert version == "3"
    return answers["a"]


def quotes(answer):
    return [[TEXT[slice(*each)] for each in one.ranges] for one in answer.taken]


def reasons(answer):
    return [(each.path, each.reason) for each in answer.refused]


def test_a_mark_is_taken_with_who_offers_it():
    [taken] = checked(span("Kim", score=0.9, why="<b>a name</b>", colour="red")).taken
    assert (taken.suggester, taken.version, taken.score, taken.why) == ("http:test", "3", 0.9, "<b>a name</b>")
    assert taken.fields == {}


@pytest.mark.parametrize(
    ("quote", "layer", "label", "expected"),
    [
        ("the head", "ACTOR", "PERSON", "head"),
        ("Hana Bank's", "ACTOR", "COMPANY", "Hana Bank"),
        ("Kim,", "ACTOR", "PERSON", "Kim"),
    ],
)
def test_articles_and_endings_go(quote, layer, label, expected):
    assert quotes(checked(span(quote, label, layer))) == [[expected]]


def test_a_nationality_alone_names_no_country():
    assert reasons(checked(span("Iraqi", "TERRITORY"))) == [("documents[0].suggestions[0]", "adjective")]


def test_values_are_read_here():
    [figure] = checked(span("45,000 RMB", "MONEY", "FIGURE", attributes={"low": 1, "currency": "USD"})).taken
    assert (figure.fields["attributes"]["low"], figure.fields["attributes"]["currency"]) == (45_000, "CNY")


def test_parts_that_do_not_fit_go_and_are_named():
    event = {
        "kind": "event",
        "type": "REPATRIATE",
        "fragments": [{"quote": "twice"}],
        "arguments": [
            {"role": "people", "fragments": [{"quote": "Iraqi workers"}], "label": "GROUP"},
            {"role": "people", "fragments": [{"quote": "nobody"}]},
            {"role": "people", "fragments": [{"quote": "Iraqi workers"}], "label": "MONEY_BAG"},
            {"role": "buyer", "fragments": [{"quote": "said"}]},
        ],
    }
    claim = {
        "kind": "claim",
        "content": [{"quote": "Workers left twice"}],
        "cue": [{"quote": "said"}],
        "speaker": [{"quote": "Kim"}],
    }
    answer = checked(event, claim)
    by_kind = {each.kind: each for each in answer.taken}
    [filler] = by_kind["event"].fields["arguments"]
    assert (filler["role"], filler["fragments"][0]["quote"]) == ("people", "Iraqi workers")
    assert list(by_kind["claim"].fields) == ["cue"]
    assert reasons(answer) == [
        ("documents[0].suggestions[0].arguments[1]", "not-found"),
        ("documents[0].suggestions[0].arguments[2]", "unknown-label"),
        ("documents[0].suggestions[0].arguments[3]", "unknown-role"),
        ("documents[0].suggestions[1].speaker", "ambiguous"),
    ]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"kind": "span"}, "lacks 'layer'"),
        (span("Kim", score=True), ".score: should be a number"),
        (span("Kim") | {"fragments": []}, ".fragments: should have 1 to 8 entries"),
        (
            span("Kim") | {"fragments": [{"start": 0, "quote": "Kim"}]},
            ".fragments[0]: should have both start and end, or neither",
        ),
        (span("Kim") | {"label": ["PERSON"]}, ".label: should be a string"),
        ({"kind": ["span"]}, "kind should be one of span, event, claim"),
        ("Kim", "kind should be one of span, event, claim"),
        (span("Kim", why="\x00"), ".why: contains a NUL character"),
    ],
)
def test_one_that_is_malformed_costs_only_itself(entry, reason):
    answer = checked(entry, span("45,000 RMB", "MONEY", "FIGURE"))
    assert (len(answer.taken), reasons(answer)) == (1, [("documents[0].suggestions[0]", f"malformed: {reason}")])
    assert answer.dropped == {"malformed": 1}


def test_an_event_type_is_no_mark():
    assert [each.reason for each in checked(span("left", "REPATRIATE", "EVENT")).refused] == ["unknown-label"]


def test_the_better_one_of_two_that_overlap_and_the_same_once():
    answer = checked(span("Hana Bank's branch", score=0.3), span("Hana Bank", "COMPANY", score=0.8), span("Kim"), span("Kim"))
    assert sorted(quotes(answer)) == [["Hana Bank"], ["Kim"]]
    assert sorted(answer.dropped.items()) == [("overlaps", 1), ("repeated", 1)]
    longer = checked(span("Hana Bank"), span("Hana Bank's branch"))
    assert quotes(longer) == [["Hana Bank's branch"]]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([], "malformed: should be an object"),
        (whole() | {"protocol": "attest-suggest/2"}, "malformed: .protocol: should be 'attest-suggest/1'"),
        (whole() | {"version": ""}, "malformed: .version: should not be empty"),
        (whole(id="b"), r"documents\[0\].id: not a text that was asked for"),
        (whole(sha256="0" * 64), r"documents\[0\].sha256: of another text"),
        (whole(suggestions=[0] * 5_001), r"should have 0 to 5,000 entries"),
    ],
)
def test_what_is_refused_whole(answer, message):
    with pytest.raises(RefusedAnswer, match=message):
        verify(answer, {"a": asked()}, "http:test")


@pytest.mark.parametrize(("off", "message"), [(3, "it counts in UTF-16"), (1, "its offsets do not fit its quotes")])
def test_a_drifting_unit_is_refused_whole(off, message):
    start = TEXT.index("Kim")
    wrong = span("Kim") | {"fragments": [{"start": start + off, "end": start + off + 3, "quote": "Kim"}]}
    assert len(checked(*[span("Kim")] * 7, wrong, wrong).taken) == 1
    with pytest.raises(RefusedAnswer, match=message):
        checked(*[span("Kim")] * 10, wrong, wrong)


def test_what_would_never_be_offered_is_not_kept():
    text = " ".join(f"Kim{number}" for number in range(2_000))
    fragments = [{"quote": word} for word in text.split(" ")]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    suggestions = [
        {"kind": "span", "layer": "ACTOR", "label": "PERSON", "fragments": [each | {"prefix": " "}]} for each in fragments
    ]
    body = {
        "protocol": "attest-suggest/1",
        "version": "1",
        "documents": [{"id": "a", "sha256": sha256, "suggestions": suggestions}],
    }
    _, answers = verify(body, {"a": asked(text)}, "http:test")
    assert len(answers["a"].taken) == MOST_KEPT
    assert answers["a"].dropped["too-many"] + answers["a"].dropped.get("ambiguous", 0) == 1_000


LETTERS = st.text(alphabet="ab e\u0301é👩🏽\u200d🏭단둥에서北京 .,’'\u202eשלום\n", max_size=60)


@given(LETTERS, st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70), LETTERS, st.booleans()), max_size=8))
def test_all_that_is_taken_stands_in_the_text(text, places):
    suggestions = []
    for start, end, words, is_right in places:
        quote = text[start:end] if is_right else words
        suggestions.append(
            {"kind": "span", "layer": "ACTOR", "label": "PERSON", "fragments": [{"start": start, "end": end, "quote": quote}]}
        )
        suggestions.append({"kind": "claim", "content": [{"quote": quote}]})
    sent = {"kind": "span", "fragments": suggestions}
    body = whole(*suggestions) | {"documents": [{"id": "a", "sha256": asked(text).sha256, "suggestions": suggestions}]}
    try:
        _, answers = verify(body, {"a": asked(text)}, "http:test")
    except RefusedAnswer:
        return
    for each in answers["a"].taken:
        assert all(0 <= start < end <= len(text) for start, end in each.ranges)
        assert all(
            any(
                text[start:end] in part["quote"] for one in sent["fragments"] for part in one.get("fragments", one.get("content"))
            )
            for start, end in each.ranges
        )

"""Patterns are checked when a scheme is loaded; a problem names its place and the remedy. Verbs have the forms that English has."""

import copy
from functools import partial

import pytest

from annotations.grammar.patterns import parse, slots
from annotations.grammar.verbs import BadVerb, EventState, finite, gerund, infinitive, verb
from annotations.scheme.view import SchemeView
from annotations.statements.sentences import of_event
from tests.annotations.statements.made import SCHEME, Made

LABELS = next(layer for layer in SCHEME["layers"] if layer["code"] == "EVENT")["labels"]


def problems(kind="REPATRIATE", **changes):
    body = copy.deepcopy(SCHEME)
    body["sentences"]["types"][kind] |= changes
    return SchemeView(body).check()


def framed(**frame):
    return problems(frames=[{"clause": "{people} [be sent] home"} | frame])


def test_the_patterns_of_the_core_scheme_are_well_made():
    assert SchemeView(SCHEME).check() == []
    assert set(SCHEME["sentences"]["types"]) == {label["code"] for label in LABELS}


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["code"])
def test_every_role_and_attribute_has_a_place_in_a_sentence(label):
    patterns = SCHEME["sentences"]["types"][label["code"]]
    written = [frame["clause"] for frame in patterns["frames"]] + (patterns.get("pieces") or [])
    told = {name for pattern in written for slot in slots(parse(pattern)) for name in slot.names}
    asked = {name for frame in patterns["frames"] for name in frame.get("when") or {}}
    assert {role["code"] for role in label["roles"]} <= told
    assert {attribute["code"] for attribute in label["attributes"]} <= told | asked


@pytest.mark.parametrize(
    ("found_by", "words"),
    [
        (partial(framed, clause="{nobody} [be sent] home"), "sentences.types.REPATRIATE.frames.1: {nobody} is not a role or attribute"),
        (partial(framed, clause="{people} went home"), "has 0 verbs; write one in square brackets, like [be sent]"),
        (partial(framed, clause="{people} [go|went] home"), "verb 'go|went' is missing a form: write base|past|participle"),
        (partial(framed, clause="{people} [Go|went|gone] home"), "should be in lower case, like send|sent|sent"),
        (partial(framed, clause="{people [be sent] home"), "has an unmatched bracket"),
        (partial(framed, clause="{people:by} [be sent] home"), "ends with :by; there is :to for an event"),
        (partial(framed, clause="{} [be sent] home"), "should name a role or attribute, like {agent}"),
        (partial(framed, when={"colour": "red"}), "the type has no attribute 'colour'; use one of manner"),
        (partial(framed, when={"manner": "gladly"}), "manner has no 'gladly'; use one of forced"),
        (partial(framed, whole={"finished.positive": "{people} went"}), "'finished.positive' is not a status and polarity; use one of happened.positive"),
        (partial(framed, whole={"happened.positive": "{people} [be sent]"}), "has 1 verbs; a piece after a clause has no verb"),
        (partial(problems, pieces=["to [be] {destination}"]), "sentences.types.REPATRIATE.pieces: 'to [be] {destination}' has 1 verbs"),
        (partial(problems, words={"manner": {"gladly": "x"}}), "words.manner: 'gladly' is not one of its values; use one of *, forced"),
        (partial(problems, words={"colour": {"red": "x"}}), "sentences.types.REPATRIATE.words: the type has no attribute 'colour'"),
        (partial(problems, doers=["nobody"]), "sentences.types.REPATRIATE: there is no role 'nobody'; use one of agent"),
        (partial(problems, frames=[{"when": {}}]), "sentences.types.REPATRIATE.frames.0: lacks `clause`"),
    ],
)  # fmt: skip
def test_a_problem_names_its_place_and_the_remedy(found_by, words):
    found = found_by()
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"types": {"FLY": {"noun": "a flight", "frames": []}}}, "sentences.types.FLY: there is no event type 'FLY'; use one of ADOPT"),
        ({"types": {}, "said": {"sung": "sang"}}, "sentences.said: 'sung' is not a value of modality; use one of asserted"),
        ({"types": {}, "evidence": {"hearsay": "x"}}, "sentences.evidence: 'hearsay' is not a value of evidence"),
        ({"types": {}, "nouns": {"at": ["CASTLE"]}}, "sentences.nouns.at: there is no actor label 'CASTLE'"),
        ({"types": {}, "nouns": {"under": []}}, "sentences.nouns: 'under' is not one of the, always_the, plural, at"),
        ({"types": {}, "pieces": ["with {nobody}"]}, "sentences.pieces: {nobody} is not a role"),
        ({}, "sentences: lacks `types`"),
    ],
)  # fmt: skip
def test_so_does_one_of_the_section(section, words):
    found = SchemeView(SCHEME | {"sentences": section or {"said": {}}}).check()
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    "section", [{"types": {"REPATRIATE": {"noun": "x", "frames": [{"clause": "{nobody} [go"}]}}}, {"types": []}, ["x"]]
)
def test_patterns_that_are_not_well_made_are_none(section):
    """A draft can be edited after a corpus took it up; its evidence is told all the same."""
    view = SchemeView(SCHEME | {"sentences": section})
    assert view.check()
    assert view.sentences == {}
    made = Made(view)
    event = made.event("X", "REPATRIATE", ("happened", "positive", None), {}, [])
    assert of_event(made.view(), event).startswith("Kim Chol asserted that an event of the kind “return home” had taken place")


def test_a_scheme_without_patterns_is_a_scheme():
    assert SchemeView({key: value for key, value in SCHEME.items() if key != "sentences"}).check() == []


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("force", ("force", "forced", "forced", "forcing")),
        ("apply", ("apply", "applied", "applied", "applying")),
        ("employ", ("employ", "employed", "employed", "employing")),
        ("send|sent|sent", ("send", "sent", "sent", "sending")),
        ("ship|shipped|shipped|shipping", ("ship", "shipped", "shipped", "shipping")),
        ("be sent", ("be sent", "was sent", "been sent", "being sent")),
        ("~be at issue", ("be at issue", "was at issue", "been at issue", "being at issue")),
    ],
)
def test_forms(written, forms):
    found = verb(written)
    assert (found.base, found.past_form, found.participle, found.gerund) == forms
    assert found.is_state == written.startswith("~")


def test_be_is_known():
    with pytest.raises(BadVerb, match=r"the forms of “be” are known; write \[be sent\]"):
        verb("be sent|was sent|been sent")


@pytest.mark.parametrize(
    ("state", "sent", "paid", "own"),
    [
        ("happened positive certain", "had been sent", "had paid", "had owned"),
        ("happened negative certain", "had not been sent", "had not paid", "had not owned"),
        ("happened positive probable", "had probably been sent", "had probably paid", "had probably owned"),
        ("happened negative possible", "might not have been sent", "might not have paid", "might not have owned"),
        ("ongoing positive certain", "were being sent", "were paying", "owned"),
        ("ongoing negative certain", "were not being sent", "were not paying", "did not own"),
        ("ongoing positive possible", "might be being sent", "might be paying", "might own"),
        ("expected positive certain", "were expected to be sent", "were expected to pay", "were expected to own"),
        ("expected negative certain", "were expected not to be sent", "were expected not to pay", "were expected not to own"),
        ("expected positive probable", "were likely to be sent", "were likely to pay", "were likely to own"),
        ("expected negative probable", "were unlikely to be sent", "were unlikely to pay", "were unlikely to own"),
        ("expected negative possible", "might not be sent", "might not pay", "might not own"),
        ("unrealised positive certain", "were to be sent", "were to pay", "were to own"),
        ("unrealised negative possible", "were possibly not to be sent", "were possibly not to pay", "were possibly not to own"),
        ("general positive certain", "were sent", "paid", "owned"),
        ("general negative certain", "were not sent", "did not pay", "did not own"),
        ("general negative probable", "were probably not sent", "probably did not pay", "probably did not own"),
        ("general positive possible", "might be sent", "might pay", "might own"),
    ],
)
def test_tenses(state, sent, paid, own):
    told = EventState(*state.split())
    assert [finite(verb(each), told, plural=True) for each in ("be sent", "pay|paid|paid", "~own")] == [sent, paid, own]
    not_ = "not " if told.negative else ""
    assert gerund(verb("be sent"), told) == f"{not_}being sent"
    assert infinitive(verb("be sent"), told) == f"{not_}to be sent"


def test_one_is_was():
    assert finite(verb("be sent"), EventState("general", "positive"), plural=False) == "was sent"
    assert finite(verb("be sent"), EventState("ongoing", "positive"), plural=False) == "was being sent"


def test_what_is_predicted_would_be():
    assert (
        finite(verb("be sent"), EventState("expected", "positive", "probable", "predicted"), plural=True)
        == "would probably be sent"
    )

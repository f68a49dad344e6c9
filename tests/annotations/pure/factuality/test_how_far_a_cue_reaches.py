"""Scope: clauses, objects between, coordination, two negations, quotations, questions, and the words that decided."""

import pytest

from annotations.factuality import read

HAPPENED = {"status": "happened", "polarity": "positive", "certainty": "certain"}
NOT = HAPPENED | {"polarity": "negative"}


@pytest.mark.parametrize(
    "marked",
    [
        "In May, 50 doctors were [sent] to Nigeria.",
        "The ministry [sent] 50 doctors to Nigeria.",
        "A factory in Kaisantun, Longjing City, [sent home] all of its workers in May.",
        "Dandong [sent] back 170 workers.",
        "The ministry, which had promised not to, [sent] 50 doctors.",
        "The doctors who were not paid were [sent] home.",
        "Although the visas were not extended, they were [sent] abroad.",
        "The firm did not pay the women but [sent] them home.",
        "The workers were arrested and [sent] home.",
        "Mr. Kim was forced to [return] home.",
        "The workers [returned] to the North in May.",
        "No fewer than 300 doctors were [sent] to Nigeria.",
        "The ministry has [sent] no more than 50 doctors.",
    ],
)
def test_what_is_plain_is_read_and_cues_of_other_clauses_do_not_reach_it(reads, marked):
    assert reads(marked) == HAPPENED


@pytest.mark.parametrize(
    "marked",
    [
        "The doctors were not [sent] to Nigeria.",
        "The doctors weren’t [sent] to Nigeria.",
        "The ministry did not recruit or [send] doctors.",
        "The ministry has never [sent] doctors.",
        "No doctors were [sent] to Nigeria.",
        "The ministry refused to [send] doctors.",
        "The ministry has [sent] no doctors.",
        "The ministry has [sent] neither doctors nor nurses.",
        "The mine [exported] no coal last year.",
    ],
)
def test_a_negation_in_scope_is_read(reads, marked):
    assert reads(marked) == NOT


@pytest.mark.parametrize(
    "marked",
    [
        "The ministry did not refuse to [send] doctors.",
        "The ministry has never [sent] no doctors.",
        "The ministry has [sent] doctors to no one.",
        "The ministry has [sent] no more doctors.",
        "The ministry has [sent] few doctors.",
        "It is not true that doctors were not [sent].",
        "The ministry did not order them to [send] doctors.",
        "The ministry did not recruit and [send] doctors.",
        "Not all of the doctors were [sent].",
        "Were the doctors [sent] to Nigeria?",
        "It is unclear whether doctors were [sent].",
        "The report that doctors were [sent] abroad is false.",
        "The claim that the ministry [sent] doctors is untrue, he said.",
        "There is no evidence that doctors were [sent].",
        "The doctors were nearly [sent] home.",
        "The [dispatch] of doctors ended.",
        "The money to [send] doctors came from Seoul.",
    ],
)
def test_where_the_words_do_not_settle_it_nothing_is_read(reads, marked):
    assert reads(marked) == {}


@pytest.mark.parametrize(
    "marked",
    [
        "Did China [extend] the visas?",
        "It is unclear whether China [extended] the visas.",
        "Few visas were [extended].",
        "They hesitated to [extend] the visas.",
    ],
)
def test_a_decision_that_may_not_have_been_taken_is_offered(reads, offers, marked):
    assert "decision" not in reads(marked, "PERMIT")
    assert offers(marked, "PERMIT")["decision"] == ["extended", "refused"]
    assert reads("China [extended] the visas.", "PERMIT")["decision"] == "extended"


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("The ministry ordered all firms of the province to [send] workers.", "unrealised"),
        ("Officials were told not to [send] workers.", "unrealised"),
        ("More workers are likely to be [sent] soon.", "expected"),
        ("More workers will be trained and [sent] abroad.", "expected"),
        ("The North is [sending] workers.", "ongoing"),
        ("The North often [sends] workers to Russia.", "general"),
        ("The North stepped up efforts to [send] workers.", "unrealised"),
    ],
)
def test_a_governing_word_decides_the_status(reads, marked, status):
    assert reads(marked)["status"] == status


def test_may_is_a_month_where_it_has_a_capital(reads):
    assert reads("The visas [expired] in May.") == HAPPENED


def test_a_sentence_does_not_end_behind_a_title(reads):
    assert reads("They were told by Mr. Kim to [send] workers.")["status"] == "unrealised"


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("They denied that they had [sent] workers.", {"polarity": "negative"}),
        ("If workers are [sent], wages fall.", {"status": "unrealised"}),
        ("When contracts end, workers are [sent] home.", {"status": "general"}),
        ("The plan to [send] workers was dropped.", {"status": "expected"}),
        ("Workers [sent] abroad earn more.", {"status": "happened"}),
        ("The workers [sent home] last year were paid.", {"status": "happened"}),
        ("The workers [sent back] this week were paid.", {"status": "happened"}),
        ("The North would [send] more workers.", {"status": "expected"}),
        ("Pyongyang to [send] workers to Russia", {"status": "expected"}),
    ],
)
def test_what_stays_open_between_two_is_offered_best_first(offers, reads, marked, first):
    assert {code: values[0] for code, values in offers(marked).items() if code in first} == first
    assert not reads(marked).keys() & first.keys()


def test_the_words_that_decided_are_shown(shown):
    assert shown("The factory did not [extend] their contracts.", "EMPLOY") == {
        "status": ["did"],
        "polarity": ["not"],
        "certainty": ["did"],
        "phase": [],
    }


def test_a_trigger_of_two_fragments_and_one_marked_with_its_auxiliaries(reads):
    assert reads("They are [sending] their workers [back] home.")["status"] == "ongoing"
    assert reads("The workers [were forced to return] home.") == HAPPENED
    assert reads("Officials were told [not to extend] their visas.", "PERMIT")["polarity"] == "negative"


def test_a_language_without_tables_says_nothing(reads, offers):
    assert reads("Cinquante médecins ont été [envoyés].", language="fr") == {}
    assert offers("Cinquante médecins ont été [envoyés].", language="fr") == {}


def test_the_second_trigger_may_settle_what_the_first_leaves_open(scheme):
    text = "Those sent back were sick. They had been sent back in May."
    places = [[(text.index("sent"), text.index("sent") + 9)], [(text.rindex("sent"), text.rindex("sent") + 9)]]
    assert read(text, places[:1], scheme, "REPATRIATE", "en")["status"].value is None
    assert read(text, places, scheme, "REPATRIATE", "en")["status"].value == "happened"


def test_triggers_that_contradict_each_other_are_offered(scheme):
    text = "They were sent. They will be sent."
    places = [[(text.index("sent"), text.index("sent") + 4)], [(text.rindex("sent"), text.rindex("sent") + 4)]]
    found = read(text, places, scheme, "DISPATCH", "en")["status"]
    assert (found.value, [offer.value for offer in found.offers]) == (None, ["happened", "expected"])

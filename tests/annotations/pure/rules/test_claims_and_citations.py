"""ATT-01 to ATT-04 and MEA-01."""

import pytest

from annotations.scheme.view import SchemeView


@pytest.fixture
def with_content(of_gold, text):
    def give(pk, start, end):
        of_gold(pk)["content"] = [{"start": start, "end": end, "quote": text[start:end]}]

    return give


# ATT-01


@pytest.mark.parametrize(("start", "end"), [(381, 441), (523, 679)])
def test_att_01_contents_that_cross_are_refused(refused, of_gold, with_content, start, end):
    with_content("Q1", start, end)
    assert refused("claim", of_gold("Q1")) == ["ATT-01"]


@pytest.mark.parametrize(("start", "end"), [(523, 548), (395, 650), (395, 441), (394, 651)])
def test_att_01_contents_may_nest(refused, of_gold, with_content, start, end):
    with_content("Q1", start, end)
    assert refused("claim", of_gold("Q1")) == []


def test_att_01_contents_may_meet(refused, of_gold, with_content):
    with_content("Q1", 650, 679)
    assert refused("claim", of_gold("Q1")) == []


def test_att_01_a_claim_does_not_cross_itself(refused, of_gold, text):
    of_gold("Q2")["content"] = [{"start": a, "end": b, "quote": text[a:b]} for a, b in ((395, 441), (443, 650))]
    assert refused("claim", of_gold("Q2")) == []


def test_att_01_one_crossing_fragment_is_enough(refused, of_gold, text):
    of_gold("Q1")["content"] = [{"start": a, "end": b, "quote": text[a:b]} for a, b in ((212, 370), (372, 441))]
    assert refused("claim", of_gold("Q1")) == ["ATT-01"]


# ATT-02


def test_att_02_a_source_where_none_is_given_is_refused(refused, of_gold):
    of_gold("Q8")["source_entity"] = "E-MGR"
    assert refused("claim", of_gold("Q8")) == ["ATT-02"]


def test_att_02_no_source_where_one_is_stated_is_refused(refused, of_gold):
    of_gold("Q2")["source_entity"] = None
    assert refused("claim", of_gold("Q2")) == ["ATT-02"]


def test_att_02_means_the_same_where_a_scheme_has_its_words_only(codes, scheme_body, of_gold):
    next(rule for rule in scheme_body["constraints"] if rule["code"] == "ATT-02").pop("when")
    bare = SchemeView(scheme_body)
    assert codes(scheme=bare) == set()
    of_gold("Q2")["source_basis"] = "none"
    assert codes(scheme=bare) == {"ATT-02"}


def test_att_02_a_source_may_be_carried_over_without_a_mark(refused, of_gold):
    assert (of_gold("Q3")["source_mention"], of_gold("Q3")["source_basis"]) == (None, "carried")
    assert refused("claim", of_gold("Q3")) == []


def test_att_02_the_mark_of_the_source_stands_for_the_source(refused, found, of_gold):
    of_gold("Q2")["source_mention"] = "A22"
    assert refused("claim", of_gold("Q2")) == []
    assert ("ATT-02", "error", ("Q2", "A22")) in found()


# ATT-03


@pytest.mark.parametrize(("field", "value"), [("reliability", "C"), ("credibility", "3")])
def test_att_03_a_rating_without_a_note_is_a_warning(refused, found, of_gold, field, value):
    of_gold("Q2")[field] = value
    assert refused("claim", of_gold("Q2")) == []
    assert ("ATT-03", "warning", ("Q2",)) in found()


def test_att_03_a_rating_with_a_note_is_none(found, of_gold):
    of_gold("Q2").update(reliability="C", credibility="3", rating_note="He was right before.")
    assert not [entry for entry in found() if entry[0] == "ATT-03"]


def test_att_03_cannot_be_judged_needs_no_note(found):
    assert not [entry for entry in found() if entry[0] == "ATT-03"]


# ATT-04


@pytest.fixture
def confirmed(gold, of_gold):
    """Q2 of the manager, rated as confirmed beside only those claims of the gold."""

    def keep(*others):
        gold["attributions"] = [of_gold(pk) for pk in ("Q2", *others)]
        of_gold("Q2").update(credibility="1", rating_note="Two people say so.")

    return keep


def unconfirmed(found):
    return {entry[1:] for entry in found() if entry[0] == "ATT-04"}


@pytest.mark.parametrize("others", [(), ("Q3", "Q7"), ("Q8",), ("Q5", "Q6")])
def test_att_04_confirmed_by_nobody_else_is_a_warning(refused, found, of_gold, confirmed, others):
    """The same manager; no source; "the source", who may be the manager."""
    confirmed(*others)
    assert refused("claim", of_gold("Q2")) == []
    assert unconfirmed(found) == {("warning", ("Q2",))}


@pytest.mark.parametrize("other", ["Q1", "Q9"])
def test_att_04_a_second_independent_source_confirms(found, confirmed, other):
    confirmed(other)
    assert unconfirmed(found) == set()


def test_att_04_a_tie_counts_in_both_directions(gold, found, confirmed):
    confirmed("Q9")
    gold["entity_relations"].append({"source": "E-SRCB", "type": "possible_same_as", "target": "E-MGR"})
    assert unconfirmed(found) == {("warning", ("Q2",))}
    gold["entity_relations"][-1].update(source="E-MGR", target="E-SRCB")
    assert unconfirmed(found) == {("warning", ("Q2",))}


def test_att_04_another_tie_than_possibly_the_same_leaves_them_independent(gold, found, confirmed):
    confirmed("Q9")
    gold["entity_relations"].append({"source": "E-SRCB", "type": "works_for", "target": "E-MGR"})
    assert unconfirmed(found) == set()


def test_att_04_a_claim_without_a_source_needs_two_that_are_independent(gold, found, of_gold):
    of_gold("Q8").update(credibility="1", rating_note="Everybody says so.")
    assert unconfirmed(found) == set()
    gold["attributions"] = [of_gold(pk) for pk in ("Q8", "Q2", "Q3")]
    assert unconfirmed(found) == {("warning", ("Q8",))}


def test_att_04_nothing_is_said_of_another_rating(found, of_gold, confirmed):
    confirmed()
    of_gold("Q2").update(credibility="2")
    assert unconfirmed(found) == set()


def test_att_04_nothing_is_said_under_a_scheme_without_it(gold, scheme_body, found, confirmed):
    confirmed()
    scheme_body["constraints"] = [rule for rule in scheme_body["constraints"] if rule["code"] != "ATT-04"]
    assert not [entry for entry in found(SchemeView(scheme_body)) if entry[0] == "ATT-04"]


# MEA-01


def test_mea_01_a_measure_of_later_is_a_warning(found, of_gold):
    of_gold("R1").update(measure="UNSCR-2397", paragraph="8")
    assert ("MEA-01", "warning", ("R1",)) in found()


def test_mea_01_a_measure_of_the_same_day_is_none(found, gold, of_gold):
    gold["document"]["published"]["latest"] = "2017-08-05"
    assert not [entry for entry in found() if entry[0] == "MEA-01"]
    gold["document"]["published"]["latest"] = "2017-08-04"
    assert {entry[2] for entry in found() if entry[0] == "MEA-01"} == {("R1",), ("R2",)}


def test_mea_01_nothing_is_said_of_an_article_without_a_date(found, gold, of_gold):
    gold["document"]["published"] = None
    of_gold("R1").update(measure="UNSCR-2397")
    assert not [entry for entry in found() if entry[0] == "MEA-01"]


def test_mea_01_nothing_is_said_of_a_citation_without_a_measure(found, of_gold):
    of_gold("R2").update(measure=None)
    assert not [entry for entry in found() if entry[0] == "MEA-01"]

"""The rules of the matcher, one by one, and what facts beside the names change."""

import pytest

from registry.names import CANDIDATE, SAME_NAME, STRONG, NameFacts, analyse, compare, compare_analysed


def score(name, other, kind="person"):
    return compare(name, other, kind).score


def hows(name, other, kind="person"):
    return [pair.how for pair in compare(name, other, kind).pairs]


# Words


def test_the_same_words_are_100_in_any_order_of_a_person():
    assert score("Anna Muster", "Anna Muster") == score("Muster, Anna", "Anna MUSTER") == 100


def test_a_longer_word_may_have_more_edits_and_a_short_one_none():
    words = {"Tim": "Tom", "Anna": "Anne", "Annabel": "Ennabil", "Annabellina": "Ennabillino"}
    assert [score(*pair) for pair in words.items()] == [0, 80, 77, 78]
    assert score("Annabel", "Ennabit") == 0  # three edits of seven letters
    assert hows("Annabel", "Annable") == ["letters"]  # two letters that change places are one edit


def test_one_letter_stands_for_a_word():
    assert (score("A. Muster", "Anna Muster"), hows("A. Muster", "Anna Muster")) == (90, ["initial", "same"])
    assert score("B. Muster", "Anna Muster") < CANDIDATE


def test_words_may_be_written_together():
    assert hows("Jan van der Bilt", "Jan Vanderbilt") == ["same", "joined"]
    assert hows("Jan Vanderbilt", "Jan van der Bilt") == ["same", "split"]
    assert score("AnnaMuster", "Anna Muster") == 98
    assert score("A B C Muster", "ABC Muster", "body") == 97


def test_words_that_sound_alike():
    assert (score("Anna Schukov", "Anna Zhukov"), hows("Mohammed Yusuf", "Muhamad Youssef")) == (
        score("Anna Schukov", "Anna Zhukov"),
        ["sound", "sound"],
    )


def test_particles_count_little():
    assert score("Anna von Muster", "Anna Muster") == 97
    assert score("Anna Berta Muster", "Anna Muster") == 85


def test_one_particle_has_several_spellings():
    assert score("Yusuf bin Muster", "Yusuf ibn Muster") == 100
    assert score("Abd al-Rahman Muster", "Abdul Rahman Muster") == 97


def test_initials_answer_words_but_are_no_name_by_themselves():
    assert score("M. Kim", "Kim Myong Chol") == score("M. Kim", "Myong Chol Kim") == 77
    assert score("M. C. Kim", "Kim Myong Chol") == 87
    assert score("M. Kim", "Kim Yong Chol") < CANDIDATE
    assert score("K. Park", "P. Kim") == score("A. M.", "Anna Muster") == 0


def test_titles_are_not_counted_and_are_told():
    match = compare("Gen. Anna Muster", "Anna Muster", "person")
    assert (match.score, [(word.side, word.start, word.end, word.why) for word in match.left]) == (100, [(0, 0, 3, "title")])
    assert compare("An Gen. nabel", "Annabel", "person").left == ()  # it stands in the midst of what is one word
    assert score("General", "General") == 100  # a title alone is all that there is


def test_what_both_have_left_over_contradicts():
    assert score("Anna Muster", "Anna Berta Muster") > STRONG - 1 > score("Anna Clara Muster", "Anna Berta Muster")
    assert score("Anna Muster", "Anna Beispiel") == 38


# Bodies


def test_company_forms_are_classes_and_another_one_is_told():
    assert score("Muster Bank GmbH", "Muster Bank LLC", "body") == 100
    match = compare("Muster Bank GmbH", "Muster Bank AG", "body")
    assert (match.score, [pair.how for pair in match.pairs]) == (93, ["same", "same", "form"])
    assert score("Muster Bank", "Muster Bank AG", "body") == 95


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("OAO Muster", "Open Joint Stock Company Muster"),
        ("SRL Muster", "Muster S.R.L."),
        ("Muster Co., Ltd.", "Muster Company Limited"),
        ("Muster L.L.C.", "Muster LLC"),
        ("ООО Пример", "Общество с ограниченной ответственностью Пример"),
        ("예제주식회사", "주식회사 예제"),
        ("例題有限公司", "例题有限公司"),
        ("株式会社例題", "例題株式會社"),
        ("(주)예제", "예제 주식회사"),
        ("㈱例題", "株式会社例題"),
    ],
)
def test_a_form_stands_at_either_end_in_any_script(name, other):
    assert score(name, other, "body") >= 98


def test_a_name_that_is_a_form_only_keeps_it():
    assert score("Company Limited", "Limited Company", "body") > 0


def test_generic_words_count_less():
    assert score("Muster Trading", "Muster Shipping", "body") > score("Muster Exampel", "Muster Shipping", "body")


@pytest.mark.parametrize(
    ("name", "other"),
    [("Unit Forty-Four", "Unit 44"), ("Third Bureau", "3rd Bureau"), ("Muster II", "Muster 2"), ("Plant 007", "Plant 7")],
)
def test_numbers_are_numbers_however_written(name, other):
    assert score(name, other, "body") == 100


def test_another_number_is_another_body():
    assert score("Muster Bank 2", "Muster Bank 3", "body") == 29
    assert score("Bureau 39", "Bureau", "body") < STRONG


def test_numbers_of_a_person_are_digits_only():
    assert score("Anna Second", "Anna Two") < CANDIDATE


def test_initials_of_three_words_are_an_acronym():
    assert (score("EHB", "Exampel Handels Bank", "body"), hows("EHB", "Exampel Handels Bank", "body")) == (75, ["acronym"])
    assert score("EB", "Exampel Bank", "body") < CANDIDATE
    assert score("E.H.B. Ltd", "The Exampel Handels Bank", "body") == 75


def test_a_body_in_hangul_and_romanised():
    assert score("조선무역은행", "Choson Muyok Unhaeng", "body") >= STRONG
    assert score("조선무역은행", "Choson Nongop Unhaeng", "body") < CANDIDATE


# Craft


@pytest.mark.parametrize("name", ["MV Sample Star", "M/V Sample Star", "MT SAMPLE STAR", "Sample-Star"])
def test_a_craft_has_a_prefix_or_none(name):
    assert score(name, "Sample Star", "craft") >= 97


def test_an_imo_number_with_its_check_digit_is_an_identifier():
    match = compare("Sample Sun, IMO 1234567", "MV Other Star (IMO: 1234567)", "craft")
    assert (match.score < CANDIDATE, match.is_candidate, match.band) == (True, True, "candidate")
    assert [(fact.name, fact.ours, fact.says) for fact in match.facts] == [("identifier", ("imo:1234567",), "same")]
    assert analyse("Sample Sun IMO 1234568", "craft").identifiers == ()
    assert analyse("Sample Sun MMSI 123456789", "craft").identifiers == ("mmsi:123456789",)


# Kinds


def test_a_person_is_never_matched_with_a_craft():
    assert compare_analysed(analyse("Anna Maria", "person"), analyse("Anna Maria", "craft")).score == 0


def test_any_kind_is_taken_for_what_the_other_one_is():
    assert compare_analysed(analyse("Kim Jong Un", "any"), analyse("김정은", "person")).score == 98
    assert score("Kim Jong Un", "김정은", "any") == 98
    assert compare_analysed(analyse("MV Sample Star", "any"), analyse("Sample Star", "craft")).score == 100


def test_a_kind_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="use person, body, craft or any"):
        compare("a", "b", "Person")


# Facts


def facts(births=(), countries=(), identifiers=()):
    return NameFacts(births, countries, identifiers)


def test_agreement_adds_nothing_and_is_told():
    match = compare("Anna Muster", "Ana Muster", "person", (facts((1960,), ("DE",)), facts((1961, 1970), ("DE", "FR"))))
    assert match.score == score("Anna Muster", "Ana Muster")
    assert [(fact.name, fact.says, fact.points) for fact in match.facts] == [("birth", "same", 0), ("country", "same", 0)]


def test_what_contradicts_costs_points():
    match = compare("Anna Muster", "Anna Muster", "person", (facts((1960,), ("DE",)), facts((1962,), ("FR",))))
    assert (match.score, [fact.points for fact in match.facts]) == (77, [-15, -8])
    assert compare("Anna", "Berta", "person", (facts((1960,)), facts((1990,)))).score == 0


def test_what_only_one_side_knows_says_nothing():
    match = compare("Anna Muster", "Anna Muster", "person", (facts((1960,), ("DE",), ("passport:1",)), facts()))
    assert (match.score, match.facts) == (100, ())


def test_an_equal_identifier_makes_a_candidate_of_any_names():
    match = compare(
        "Anna", "Berta", "person", (facts(identifiers=("passport:1",)), facts(identifiers=("passport:1", "passport:2")))
    )
    assert (match.score, match.is_candidate, match.band) == (0, True, "candidate")


def test_bands():
    assert (CANDIDATE, STRONG, SAME_NAME) == (72, 85, 95)
    bands = [compare("Anna Muster", other, "person").band for other in ("Anna Muster", "Anne Muster", "Anna Beispiel")]
    assert bands == ["same name", "strong", "none"]

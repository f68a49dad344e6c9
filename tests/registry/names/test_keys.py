"""Keys: names that match have one in common, so that they are found without comparing all with all."""

import pytest

from registry.names import analyse, key_points, keys
from tests.registry.names.golden import rows


def common(name, other, kind="person"):
    return {key.value for key in keys(analyse(name, kind))} & {key.value for key in keys(analyse(other, kind))}


def test_a_key_is_eight_bytes_and_has_a_weight():
    of_name = keys(analyse("Kim Jong Un", "person"))
    assert all(-(2**63) <= key.value < 2**63 and 0 < key.weight <= 100 for key in of_name)
    assert list(of_name) == sorted(of_name)
    assert len({key.value for key in of_name}) == len(of_name)


def test_keys_are_the_same_on_every_machine():
    assert keys(analyse("Muster", "body"))[0].value == -8857846507752387619


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Kim Jong Un", "김정은"),
        ("Lee Yong-ho", "리용호"),
        ("金正恩", "Kim Chŏng-ŭn"),
        ("金正恩", "Jin Zheng'en"),
        ("Jiang Wen-ji", "Kang Mun Kil"),
        ("Mao Tse-tung", "Mao Zedong"),
        ("陳大文", "Chan Tai Man"),
        ("قاسم سليماني", "Qasem Soleimani"),
        ("Юрий Ковальчук", "Iurii Kovalchuk"),
        ("Jan van der Bilt", "Jan Vanderbilt"),
        ("Abdur Rahman", "Abdurrahman Bashir"),
        ("Abd al-Rahman al-Juhani", "Abdulrahman Aljuhani"),
        ("Nam Chon Gang", "Namchongang"),
    ],
)
def test_each_way_of_writing_has_its_key(name, other):
    assert common(name, other)


def test_a_rare_key_counts_more_and_none_counts_nothing():
    assert [key_points(90, names) for names in (1, 2, 4, 100, 4_000)] == [90_000, 63_639, 45_000, 9_000, 1_423]
    assert key_points(15, 4_000) > 0


def test_words_that_are_joined_add_few_keys():
    assert len(keys(analyse("a b c d e f g", "body"))) < 40
    assert len(keys(analyse(" ".join(["muster"] * 400), "body"))) < 400


def test_a_name_without_a_letter_has_no_key():
    assert keys(analyse("—", "person")) == ()


def test_candidates_of_the_golden_table_have_a_common_key():
    """All but a company form that is written together with the name."""
    lost = [(row.name, row.other) for row in rows() if row.score >= 72 and not common(row.name, row.other, row.kind)]
    assert lost == [("Muster Bank AG", "MusterBankAG")]

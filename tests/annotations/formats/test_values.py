from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.middle.values import decode, dotted, encode, nested

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_every_value_comes_back(value):
    assert decode(encode(value)) == value


@given(
    st.text() | st.sampled_from(["300", "true", "null", '"a"', "[1]", "NaN", "1e999", "-Infinity", " 1 ", "9" * 5000, "[" * 9000])
)
def test_every_string_comes_back_as_a_string(text):
    assert decode(encode(text)) == text


def test_plain_words_stand_as_they_are():
    assert [encode(value) for value in ("stated", 300, True, "300", ["KP"])] == ["stated", "300", "true", '"300"', '["KP"]']


def test_words_of_strangers_that_are_no_json_are_words():
    assert [decode(text) for text in ("NaN", "1e999", "{broken", "9" * 5000)] == ["NaN", "1e999", "{broken", "9" * 5000]


def test_nested_fields_are_joined_by_a_dot_and_parted_again():
    value = {"entity": {"": "E1", "name": "Kim", "note": None}, "low": 3}
    assert dict(dotted(value)) == {"entity": "E1", "entity.name": "Kim", "low": 3}
    assert nested(dict(dotted(value))) == {"entity": {"": "E1", "name": "Kim"}, "low": 3}

"""Runs of words, joined piece by piece, are what each run compared whole is."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.suggesters.runs import compared, runs_in

TEXTS = st.text(alphabet="aBÉİ .,’'“-\n\t\u00a0北京은행1", max_size=60)


@given(TEXTS)
def test_each_run_is_compared_as_if_whole(text):
    for words, ranges in runs_in(text, []).items():
        assert {compared(text[start:end]) for start, end in ranges} == {words}


def test_runs_end_at_eight_words_at_a_segment_and_behind_the_point_of_an_abbreviation():
    text = "Pan  Sea\u00a0Ltd. sailed. One two three four five six seven eight nine"
    segments = [{"start": 0, "end": 22}, {"start": 22, "end": len(text)}]
    runs = runs_in(text, segments)
    assert runs["pan sea ltd"] == [(0, 12)]
    assert runs["pan sea ltd."] == [(0, 13)]
    assert "one two three four five six seven eight" in runs
    assert "one two three four five six seven eight nine" not in runs
    assert not any("sailed" in words and "one" in words for words in runs)


def test_runs_of_a_script_without_spaces_have_sixteen_characters():
    runs = runs_in("北" * 20, [])
    assert max(map(len, runs)) == 16
    assert min(map(len, runs)) == 2

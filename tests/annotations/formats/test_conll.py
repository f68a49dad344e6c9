"""CoNLL-2003 and CoNLL-U, out and in."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.formats.base import Losses, Unreadable
from annotations.formats.conll import conll2003, conllu
from annotations.formats.conll.tags import PREFIXES, chunks, tags
from annotations.formats.middle.flat import Flat, Mark
from annotations.formats.middle.tokens import tokens
from tests.annotations.formats.drawn import TEXTS, flats, known

BOTH = pytest.mark.parametrize("module", [conll2003, conllu], ids=["conll2003", "conllu"])


def written(module, *documents, losses=None, **options):
    losses = losses if losses is not None else Losses()
    return b"".join(module.write(documents, losses, options))


def read(module, raw, **options):
    return list(module.read(io.BytesIO(raw if isinstance(raw, bytes) else raw.encode()), "file", options))


def of_tokens(draw, text):
    """A mark over whole words, as all of these formats ask for."""
    row = list(tokens(text))
    if not row:
        return []
    first = draw(st.integers(0, len(row) - 1))
    return [(row[first][0], row[draw(st.integers(first, min(first + 3, len(row) - 1)))][1])]


DOCUMENTS = flats(frozenset(), TEXTS.filter(str.strip), of_tokens)


@given(DOCUMENTS)
@settings(max_examples=100)
def test_the_text_and_its_marks_return_from_conllu(document):
    losses = Losses()
    (found,) = read(conllu, written(conllu, document, losses=losses))
    assert isinstance(found, Flat), found
    assert known(found) == known(document)
    assert found.key == document.key
    assert not losses


def squeezed(document):
    """Without white space: the words, and the marks at their places in them."""
    places = [len("".join(document.text[:end].split())) for end in range(len(document.text) + 1)]
    return "".join(document.text.split()), sorted((places[mark.start], places[mark.end], mark.label) for mark in document.marks)


@given(DOCUMENTS, st.sampled_from(sorted(PREFIXES)), st.sampled_from(["space", "tab"]))
@settings(max_examples=100)
def test_words_and_marks_return_from_conll2003(document, scheme, separator):
    losses = Losses()
    raw = written(conll2003, document, losses=losses, scheme=scheme, separator=separator)
    for options in ({}, {"scheme": scheme}):
        (found,) = read(conll2003, raw, **options)
        assert isinstance(found, Flat), found
        assert squeezed(found) == squeezed(document)
    assert not losses


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["", "", "X", "Y", "I-Z"])), max_size=8),
    st.sampled_from(sorted(PREFIXES)),
)
def test_chunks_become_tags_and_return(lengths, scheme):
    found, at = [], 0
    for length, label in lengths:
        found += [(at, at + length - 1, label)] if label else []
        at += length
    assert list(chunks(tags(at, found, scheme))) == found


@pytest.mark.parametrize(("scheme", "wanted"), [
    ("iob1", "I-X I-X B-X O I-Y"), ("iob2", "B-X I-X B-X O B-Y"), ("ioe1", "I-X E-X I-X O I-Y"), ("ioe2", "I-X E-X E-X O E-Y"),
    ("iobes", "B-X E-X S-X O S-Y"), ("bilou", "B-X L-X U-X O U-Y"),
])  # fmt: skip
def test_each_scheme_is_as_it_is_described(scheme, wanted):
    assert tags(5, [(0, 1, "X"), (2, 2, "X"), (4, 4, "Y")], scheme) == wanted.split()


DOCUMENT = Flat(
    "😀 Kim Il sent\r\n$300. He left.",
    [Mark("M1", "ACTOR", [(2, 8)]), Mark("M2", "MONEY", [(15, 19)])],
    key="seed 000",
    title="A title",
)


def test_conll2003_is_as_it_is_described():
    assert written(conll2003, DOCUMENT).decode().split("\n") == [
        "-DOCSTART- -X- -X- O", "", "😀 -X- _ O", "Kim -X- _ B-ACTOR", "Il -X- _ I-ACTOR", "sent -X- _ O", "",
        "$ -X- _ B-MONEY", "300 -X- _ I-MONEY", ". -X- _ O", "", "He -X- _ O", "left -X- _ O", ". -X- _ O", "", "",
    ]  # fmt: skip


def test_conllu_is_as_it_is_described():
    lines = written(conllu, DOCUMENT).decode().split("\n")
    assert lines[:6] == [
        "# newdoc id = seed 000", "# meta::title = A title", "# sent_id = 1", "# text = 😀 Kim Il sent",
        "1\t😀\t_\t_\t_\t_\t_\t_\t_\tStart=0|End=1", "2\tKim\t_\t_\t_\t_\t_\t_\t_\tNER=B-ACTOR|Start=2|End=5",
    ]  # fmt: skip
    assert lines[7] == "4\tsent\t_\t_\t_\t_\t_\t_\t_\tStart=9|End=13|SpacesAfter=\\r\\n"
    assert lines[11] == "1\t$\t_\t_\t_\t_\t_\t_\t_\tNER=B-MONEY|Start=15|End=16|SpaceAfter=No"


@BOTH
def test_several_texts_are_several(module):
    found = read(module, written(module, DOCUMENT, DOCUMENT))
    assert [squeezed(item) for item in found] == [squeezed(DOCUMENT)] * 2


@BOTH
def test_a_mark_may_go_over_the_end_of_a_sentence(module):
    document = Flat("He left. She came.", [Mark("M1", "X", [(3, 12)])])
    (found,) = read(module, written(module, document))
    assert squeezed(found) == squeezed(document)


@BOTH
def test_what_words_cannot_say_is_counted(module):
    losses = Losses()
    marks = [Mark("M1", "X Y", [(0, 2)]), Mark("M2", "X", [(3, 4)]), Mark("M3", "X", [(0, 5)])]
    written(module, Flat("He left", marks), Flat(" "), losses=losses)
    assert losses.counts == {
        "marks that start or end inside a word": 2,
        "labels with spaces (written with _)": 1,
        "texts of white space only": 1,
    }


# From other programs


@pytest.mark.parametrize("raw", [
    "JAPAN\tB-LOC\nGET\tO\n\nNew\tB-LOC\nYork\tI-LOC", "JAPAN\tI-LOC\r\nGET\tO\r\n\r\nNew\tI-LOC\r\nYork\tI-LOC\r\n",
    "JAPAN NNP I-NP S-LOC\nGET VB I-VP O\n \nNew NNP I-NP B-LOC\nYork NNP I-NP E-LOC\n", "\ufeffJAPAN B-LOC\nGET O\n\n\nNew B-LOC\nYork I-LOC\n\n",
    "# a comment\nJAPAN  U-LOC\nGET  O\n\nNew  B-LOC\nYork  L-LOC",
])  # fmt: skip
def test_any_columns_and_schemes_are_read(raw):
    (found,) = read(conll2003, raw.replace("# a comment\n", "#\n"))
    assert found.text == "JAPAN GET\nNew York"
    assert [(found.quote(mark), mark.label) for mark in found.marks] == [("JAPAN", "LOC"), ("New York", "LOC")]


def test_labels_without_a_prefix_are_read_where_they_are_asked_for():
    raw = "JAPAN LOC\nGET O\n\nNew LOC\nYork LOC\n"
    (found,) = read(conll2003, raw, scheme="io")
    assert [(found.quote(mark), mark.label) for mark in found.marks] == [("JAPAN", "LOC"), ("New York", "LOC")]
    (found,) = read(conll2003, raw)
    assert str(found) == "file, line 1: 'LOC' is not a tag"
    with pytest.raises(Unreadable, match="adjacent marks"):
        written(conll2003, DOCUMENT, scheme="io")


def test_a_tag_of_another_scheme_is_refused_where_one_is_asked_for():
    (found,) = read(conll2003, "JAPAN S-LOC\n", scheme="iob2")
    assert str(found) == "file, line 1: 'S-LOC' is not a tag of iob2"
    (found,) = read(conll2003, "JAPAN S-LOC\n", scheme="xyz")
    assert "scheme should be one of" in str(found)


GUM = """# newdoc id = GUM_x
# global.Entity = GRP-etype-infstat-identity
# meta::title = A title
# text = Kim's men, they didn't
1-2\tKim's\t_\t_\t_\t_\t_\t_\t_\t_
1\tKim\t_\t_\t_\t_\t_\t_\t_\tEntity=(2[1/2]-person-new-_(1-person-giv:act-Kim-Il)
2\t's\t_\t_\t_\t_\t_\t_\t_\t_
3\tmen\t_\t_\t_\t_\t_\t_\t_\tEntity=2[1/2])|SpaceAfter=No
3.1\tempty\t_\t_\t_\t_\t_\t_\t_\t_
4\t,\t_\t_\t_\t_\t_\t_\t_\t_
5\tthey\t_\t_\t_\t_\t_\t_\t_\tEntity=(2[2/2]-person-new-_)

# text = left
1\tleft\t_\t_\t_\t_\t_\t_\t_\tNER=B-EVENT
"""


def test_entities_of_gum_are_read_nested_and_in_pieces():
    (found,) = read(conllu, GUM)
    assert isinstance(found, Flat), found
    assert (found.key, found.title, found.text) == ("GUM_x", "A title", "Kim's men, they\nleft")
    assert {(found.quote(mark), mark.label, tuple(mark.attributes.items())) for mark in found.marks} == {
        ("Kim's men they", "person", (("group", "2"), ("infstat", "new"))),
        ("Kim", "person", (("group", "1"), ("infstat", "giv:act"), ("identity", "Kim-Il"))),
        ("left", "EVENT", ()),
    }


@pytest.mark.parametrize(("old", "new", "said"), [
    ("\t_\t_\t_\t_\t_\t_\t_\t_\n4", "\t_\n4", "10 columns"), ("5\tthey", "five\tthey", "not a word number"), ("5\tthey", "5\t", "is empty"), ("NER=B-EVENT", "Start=0", "not valid after"),
    ("NER=B-EVENT", "Start=999999999", "is not "), ("NER=B-EVENT", "End=3", "ends at"), ("Entity=2[1/2])|", "", "begins but does not end"),
    ("NER=B-EVENT", "Entity=7)", "ends but does not begin"),
])  # fmt: skip
def test_what_is_wrong_in_conllu_is_said_with_its_place(old, new, said):
    (found,) = read(conllu, GUM.replace(old, new))
    assert isinstance(found, Unreadable)
    assert said in str(found)
    assert str(found).startswith("file")


@BOTH
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"\xff\tO\n",
        b"one\n",
        b"\x00",
        b"-DOCSTART-\n",
        b"# newdoc\n",
        b"{}" * 1000,
        b"1\t" * 100_000,
        b"<!DOCTYPE a>",
        b"(" * 100_000,
    ],
)
def test_poison_is_unreadable_and_nothing_else(module, raw):
    for found in read(module, raw):
        assert isinstance(found, Unreadable) or not found.marks or module is conll2003


@pytest.mark.parametrize(
    "brackets", ["(" * 50_000, ")" * 50_000, "(1-a" * 20_000, "(a[1/2]" * 20_000, "1)" * 20_000, "[" * 50_000]
)
def test_long_brackets_are_read_quickly(brackets):
    read(conllu, GUM.replace("NER=B-EVENT", f"Entity={brackets}"))


@BOTH
def test_one_bad_text_is_not_the_end(module):
    good = written(module, DOCUMENT)
    bad = good.replace(b"sent", b"\xff\xff")
    assert [type(item) for item in read(module, good + bad + good)] == [Flat, Unreadable, Flat]

"""Why a row cannot be deleted, in words and numbers, from whichever table it is used."""

from corpus.admin.uses import counted, uses_of
from corpus.models import Article, Corpus
from tests import factories


def test_one_is_one_and_more_are_many():
    assert counted(1, Article) == "1 article"
    assert counted(2, Corpus) == "2 corpora"
    assert counted(12_345, Article) == "12,345 articles"


def test_a_row_that_nothing_uses_has_no_uses(ours):
    assert uses_of(ours) == ""


def test_uses_are_counted_by_table_and_joined_in_words(ours):
    document = factories.document("Words", corpus=ours)
    assert sorted(uses_of(ours).replace(" and ", ", ").split(", ")) == ["1 article", "1 raw file", "1 text"]
    assert uses_of(ours).count(" and ") == 1
    assert uses_of(document.raw) == "1 text"


def test_what_goes_with_the_row_is_no_use_of_it(ours):
    """Segments are deleted with their text: they protect nothing."""
    document = factories.document("Title\n\nWords", corpus=ours)
    assert document.segments.count() == 2
    assert uses_of(document) == ""


def test_a_use_without_a_way_back_counts_too(ours):
    """A relation named “+” has no name on this side, and still protects the row."""
    scheme = factories.scheme()
    factories.adopt(ours)
    assert uses_of(scheme) == "1 corpus scheme"

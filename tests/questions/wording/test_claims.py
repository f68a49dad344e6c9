"""Who says something, as a row says it."""

from questions.wording.claims import claim_lines
from tests.questions.wording.test_sentence import NAMES

CLAIM = {
    "described": "",
    "mode": "indirect",
    "modality": "asserted",
    "evidence": "photo",
    "reliability": "F",
    "credibility": "6",
    "chain": [],
}
OUTLET = {"name": "Daily NK", "unnamed": False}


def test_who_how_and_on_what_evidence():
    assert claim_lines([CLAIM | {"source": OUTLET}], NAMES) == ["Daily NK said (paraphrase, photo or video); rated F6"]


def test_evidence_of_which_nothing_is_stated_is_not_named():
    for evidence in ("unspecified", ""):
        lines = claim_lines([CLAIM | {"source": OUTLET, "evidence": evidence}], NAMES)
        assert lines == ["Daily NK said (paraphrase); rated F6"]


def test_a_source_without_a_name_of_its_own_says_so():
    unnamed = claim_lines([CLAIM | {"source": {"name": "Manager", "unnamed": True}}], NAMES)
    assert unnamed[0].startswith("Unnamed Manager said ")
    described = claim_lines([CLAIM | {"source": None, "described": "a trader"}], NAMES)
    assert described[0].startswith("“a trader” said ")


def test_what_nobody_says_or_rates_says_so():
    (line,) = claim_lines([CLAIM | {"source": None, "modality": "alleged", "reliability": "", "credibility": ""}], NAMES)
    assert line == "Source not stated (alleged, paraphrase, photo or video); not rated"
    (line,) = claim_lines([CLAIM | {"source": OUTLET, "modality": "", "evidence": "", "credibility": ""}], NAMES)
    assert line == "Daily NK (paraphrase); rated F–"


def test_who_passes_it_on_the_nearest_first():
    chain = [
        {"source": {"name": "A trader", "unnamed": True}, "described": ""},
        {"source": None, "described": ""},
        {"source": OUTLET, "described": ""},
    ]
    (line,) = claim_lines([CLAIM | {"source": {"name": "Manager", "unnamed": None}, "chain": chain}], NAMES)
    assert line.endswith(", reported by unnamed trader, reported by Daily NK; rated F6")

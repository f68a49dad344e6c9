"""ATT-06: marks that a reporting word governs, and no claim covers."""

import pytest

from annotations.native.view import NativeContext
from annotations.rules import run_checks
from annotations.scheme.view import SchemeView

# A sentence with its mark in brackets; the reporting word that governs it, or nothing.
SENTENCES = [
    ("Officials said on Tuesday that [70] tonnes of coal were sold.", "said"),
    ("An officer told reporters the ship had carried coal and would [pay 590] dollars.", "told"),
    ("The ship carried [70] tonnes of coal, a senior official of the customs office said.", "said"),
    ("“We sold [70] tonnes,” he said.", "said"),
    ("According to port records, [70] tonnes were sold.", "According to"),
    ("[70] tonnes were sold, according to port records.", "according to"),
    ("Its director, Chen Wei, denied the sale of [70] tonnes.", "denied"),
    ("The vessel reportedly carried [70] tonnes.", "reportedly"),
    ("소식통은 훈춘에서 [70명]이 돌아갔다고 전했다.", "전했다"),
    ("소식통은 70명이 [돌아갔다고] 전했다.", "전했다"),
    ("소식통에 따르면 [70명]이 돌아갔다.", "에 따르면"),
    ("中国外交部表示，[70]名工人已经回国。", "表示"),
    ("据韩联社报道，[70]名工人已经回国。", "据"),
    ("[70명]이 돌아간 것으로 알려졌다.", "알려졌다"),
    ("은행은 [70만 달러] 송금을 부인했다.", "부인했다"),
    ("그는 [70명]의 귀국을 발표했다.", ""),
    ("Officials told Yonhap of [70] workers.", ""),
    ("The ship carried [70] tonnes of coal.", ""),
    ("The report of the ministry had [70] pages.", ""),
    ("Inspectors found [70] tonnes of coal.", ""),
    ("According to [the first 12] pages, coal was sold.", ""),
    ("Officials said that coal was sold, but [70] tonnes stayed behind.", ""),
    ("Officials denied it. [70] tonnes were sold.", ""),
    ("Its Claims Office paid [70] dollars.", ""),
]


def findings(sentence, scheme, claims=(), marks=None):
    before, rest = sentence.split("[")
    words, behind = rest.split("]")
    text, start = before + words + behind, len(before)
    fragments = [{"start": start, "end": start + len(words), "quote": words}]
    mark = {"id": "F1", "layer": "FIGURE", "label": "QUANTITY", "fragments": fragments, "attributes": {}}
    document = {"mentions": [mark | changed for changed in marks or ({},)], "attributions": list(claims)}
    found = run_checks(NativeContext(document, text, scheme))
    return [finding for finding in found if finding.code == "ATT-06"], text


@pytest.mark.parametrize(("sentence", "word"), SENTENCES)
def test_att_06_is_told_of_what_a_word_reports(sentence, word, scheme):
    found, _ = findings(sentence, scheme)
    assert [(each.level, each.detail.split("”")[0].strip("“"), each.objects) for each in found] == (
        [("warning", word, ("F1",))] if word else []
    )


def test_att_06_is_silent_where_a_claim_covers_it_and_where_it_is_an_actor(scheme):
    sentence = SENTENCES[0][0]
    content = [{"start": 26, "end": 56, "quote": ""}]
    assert findings(sentence, scheme, [{"id": "Q1", "content": content, "cue": []}])[0] == []
    assert findings(sentence, scheme, marks=[{"layer": "ACTOR", "label": "GROUP"}])[0] == []


def test_att_06_is_one_finding_a_sentence_with_all_its_marks(scheme):
    found, _ = findings(SENTENCES[0][0], scheme, marks=[{}, {"id": "F2"}])
    assert [each.objects for each in found] == [("F1", "F2")]


def test_att_06_is_not_asked_by_a_scheme_that_does_not_have_it(scheme_body):
    bare = scheme_body | {"constraints": [rule for rule in scheme_body["constraints"] if rule["code"] != "ATT-06"]}
    assert findings(SENTENCES[0][0], SchemeView(bare))[0] == []

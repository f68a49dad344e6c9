"""Claims as an analyst makes them with one key: who is found, who is offered, and what stays open."""

import pytest
from playwright.sync_api import expect

from tests import marks
from tests.browser.barriers import violations
from tests.browser.desk import Desk, assignment_on

TEXT = (
    "Wages withheld\n\n“The cloth never arrived,” said Dr. Gary Ross, who had bought it. There used to be 300 workers here, "
    "a manager told Daily NK.\n\nThe convoy drew back after soldiers closed the road, Saudi-owned al-Arabiya television said. "
    "Kim Chol runs the plant. He said that economic pressure had grown. Forty left in spring, Free Hands wrote. "
    "The workers are expected to leave soon. The mill shut in March."
)


@pytest.fixture
def desk(page, sign_in, transactional_db):
    made = assignment_on(TEXT)
    marks.span(made, "soldiers", "GROUP")
    marks.span(made, "Gary Ross", "PERSON")
    made.revision = 1
    made.save()
    sign_in(page, made.annotator)
    desk = Desk(page, made).open()
    yield desk
    desk.idle()


def claim_at(desk, word):
    """The claim that q makes with the caret on a word, as it is stored."""
    desk.press("Escape", "Escape", "Control+Home")
    desk.go_to(word)
    desk.press("q")
    expect(desk.card.locator(".claim-card")).to_be_visible()
    return stored(desk, word)


def stored(desk, word):
    desk.saved()
    return next(item for item in desk.stored()["attributions"] if any(word in part["quote"] for part in item["content"]))


def content(claim):
    return [part["quote"] for part in claim["content"]]


def source_of(desk, claim):
    native = desk.stored()
    [mark] = [item for item in native["mentions"] if item["id"] == claim["source_mention"]]
    [entity] = [item for item in native["entities"] if item["id"] == claim["source_entity"]]
    return mark["quote"], mark["label"], entity["name"]


def offers(desk):
    return desk.card.locator("[data-field^='source-offer']")


def words_read(claim):
    return {code: [TEXT[start:end] for start, end in ranges] for code, ranges in claim["read"].items()}


def test_a_title_before_a_name_hides_nobody(desk):
    claim = claim_at(desk, "cloth")
    assert content(claim) == ["The cloth never arrived"]
    assert source_of(desk, claim) == ("Gary Ross", "PERSON", "Gary Ross")
    assert (claim["source_basis"], claim["mode"], claim["modality"]) == ("stated", "direct", "asserted")
    assert words_read(claim) == {
        "source_basis": ["Gary Ross"], "mode": ["“", "”"], "modality": ["said"], "evidence": ["Gary Ross"],
    }  # fmt: skip
    assert (claim["reliability"], claim["credibility"]) == (None, None)
    expect(desk.card.locator(".read")).to_contain_text(["read “Gary Ross”", "read “ ”", "read “said”", "read “Gary Ross”"])


def test_whoever_is_not_marked_yet_is_offered_and_marked_with_a_digit(desk):
    claim = claim_at(desk, "300")
    assert content(claim) == ["There used to be 300 workers here"]
    assert (claim["source_basis"], claim["source_mention"], claim["source_entity"]) == (None, None, None)
    expect(desk.card.locator(".reading")).to_contain_text("source not chosen, paraphrased")
    expect(offers(desk)).to_have_text(["1managernew mark"])
    expect(desk.card.locator(".finding[data-level=error]")).to_contain_text("source")
    desk.press("1")
    expect(desk.card.locator(".reading")).to_have_text("manager, paraphrased · asserted · testimony of a person")
    expect(desk.card.locator(".finding[data-level=error]")).to_have_count(0)
    claim = stored(desk, "300")
    assert source_of(desk, claim)[:2] == ("manager", "PERSON")
    assert (claim["source_basis"], "source_basis" in claim["read"]) == ("stated", False)
    desk.press("Control+z")
    expect(desk.card.locator(".reading")).to_contain_text("source not chosen")
    desk.saved()
    assert "manager" not in [item["quote"] for item in desk.stored()["mentions"]]


def test_an_owner_or_a_bystander_is_not_who_speaks(desk):
    claim = claim_at(desk, "convoy")
    assert content(claim) == ["The convoy drew back after soldiers closed the road"]
    assert claim["source_mention"] is None
    expect(offers(desk)).to_have_text(["1al-Arabiya televisionnew mark"])
    desk.press("1")
    expect(desk.card.locator(".reading")).to_contain_text("al-Arabiya television, paraphrased")
    assert source_of(desk, stored(desk, "convoy")) == ("al-Arabiya television", "MEDIA", "Al-Arabiya television")


def test_the_caret_in_indirect_speech_means_the_clause(desk):
    claim = claim_at(desk, "economic")
    assert (content(claim), claim["mode"], claim["modality"]) == (["economic pressure had grown"], "indirect", "asserted")
    # Whom "he" means is for a person to say.
    assert claim["source_entity"] is None
    expect(offers(desk)).to_contain_text(["new mark"])


def test_where_nobody_says_it_nothing_is_made(desk):
    desk.go_to("mill")
    desk.press("q")
    expect(desk.page.locator("#spoken")).to_contain_text("No reporting word in this sentence. Select the reported words")
    desk.saved()
    assert desk.stored()["attributions"] == []


def test_a_label_that_no_word_tells_is_chosen_with_two_keys(desk):
    claim_at(desk, "Forty")
    expect(offers(desk)).to_have_text(["1Free Handsnew mark"])
    desk.press("1")
    expect(desk.page.locator("#menu")).to_be_visible()
    desk.press("a", "o")
    expect(desk.card.locator(".reading")).to_contain_text("Free Hands, paraphrased")
    assert source_of(desk, stored(desk, "Forty")) == ("Free Hands", "ORG", "Free Hands")


def test_only_a_person_says_that_the_text_names_nobody(desk):
    claim = claim_at(desk, "soon")
    assert (claim["source_basis"], claim["modality"]) == (None, "predicted")
    expect(offers(desk)).to_have_text(["1No source given in the text"])
    desk.press("1")
    expect(desk.card.locator(".reading")).to_contain_text("no source given")
    expect(desk.card.locator("[name=source_basis]")).to_have_value("none")
    assert stored(desk, "soon")["source_basis"] == "none"
    row = desk.page.locator("#claims .row")
    desk.page.get_by_role("tab", name="Claims").click()
    expect(row).to_contain_text("no source given")


def test_what_a_person_chooses_is_not_read_any_more(desk):
    claim_at(desk, "economic")
    desk.card.locator("[name=modality]").select_option("alleged")
    expect(desk.card.locator("[data-field=modality-read]")).to_have_count(0)
    claim = stored(desk, "economic")
    assert (claim["modality"], "modality" in claim["read"], "mode" in claim["read"]) == ("alleged", False, True)


def test_the_card_hinders_nobody(desk):
    claim_at(desk, "300")
    for theme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=theme)
        found = violations(desk.page)
        assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in found] == [], theme

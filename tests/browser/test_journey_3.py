"""Journey 3: figures are marked and get their values. The parts are named as the journey numbers them."""

import pytest
from playwright.sync_api import expect

from annotations.models import Change
from tests import factories
from tests.browser.keyboard import type_in

SEED = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
# Two characters outside the BMP before the number, and a text in Japanese.
FX_7 = "🏭 Factory closed: 170 workers left on 𝟒 September."
FX_6 = (
    "丹東市の繊維工場では北朝鮮労働者300人のうち170人が帰国させられ、残る130人もまもなく帰国する見通しだと、"
    "管理担当者がデイリーNKに語った。300人が1か月に稼ぐ外貨は4万5000元（約76万3000円）だった。"
)
WAGES = "They paid 45,000 dollars to the Party."
LEVY = "average of 45,000 RMB … per month"

# Writes an update of one mark as the page would, around what its fields check.
WRITE = """
async ([assignment, base, id, attributes]) => {
  const change = { id: crypto.randomUUID(), op: 'update', kind: 'span', object: { id, attributes } };
  const csrf = document.querySelector('#annotator').dataset.csrf;
  const answer = await fetch(`/api/v1/assignments/${assignment}/changes/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrf },
    body: JSON.stringify({ base, changes: [change] }),
  });
  return [answer.status, (await answer.json()).errors.map(({ code, field }) => [code, field])];
}
"""


def mention(desk, quote):
    desk.saved()
    return next(item for item in desk.stored()["mentions"] if item["quote"] == quote)


def given(desk, quote, *names):
    attributes = mention(desk, quote)["attributes"]
    return [attributes[name] for name in names]


def reads(desk, words):
    expect(desk.card.locator(".reading")).to_have_text(words)


def test_figures_of_the_seed_article_by_mouse(desk_on, allowed_console):
    allowed_console.append("status of 422")
    desk = desk_on(SEED)
    b1_a_range_is_read_at_once(desk)
    b2_so_are_shares_lengths_of_time_and_vague_amounts(desk)
    b3_a_second_fragment_belongs_to_the_mark(desk)
    b4_an_amount_for_every_300_is_told_per_person(desk)
    b5_equivalents_imply_rates_that_are_compared(desk)
    b6_reference_numbers_and_dates_are_doubted(desk)
    a1_what_contradicts_itself_is_refused(desk)


def b1_a_range_is_read_at_once(desk):
    words = "approximately 5000 to 7000"
    desk.mark(words, "People count")
    reads(desk, "5,000 to 7,000 people, approximate")
    expect(desk.card.locator(".derived")).to_contain_text("midpoint of 5,000 and 7,000 = 6,000")
    assert given(desk, words, "low", "high", "comparator", "approximate") == [5000, 7000, "between", True]


def b2_so_are_shares_lengths_of_time_and_vague_amounts(desk):
    for words, label, value in (
        ("more than half", "Share", "more than 50 %"),
        ("1 to 3 months", "Duration", "1 to 3 months"),
        ("dozens to hundreds of dollars", "Money", "24 to 999 USD, vague wording, currency inferred"),
        ("approximately one million KPW", "Money", "1,000,000 KPW, approximate"),
    ):
        desk.mark(words, label)
        reads(desk, value)


def b3_a_second_fragment_belongs_to_the_mark(desk):
    desk.mark("average of 45,000 RMB", "Money")
    add_fragment(desk, "per month")
    reads(desk, "45,000 CNY per month, average")
    assert given(desk, LEVY, "low", "high", "currency", "statistic", "per_period") == [45000, 45000, "CNY", "mean", "P1M"]
    desk.press("Escape")
    for part in ("average of", "per month"):
        (x, y), _ = desk.ends(part)
        desk.page.mouse.move(x + 8, y)
        desk.page.mouse.move(x + 10, y)
        assert desk.lit("hover") == ["average of 45,000 RMB", "per month"]
    desk.mark("about 7,800,000 KPW", "Money")
    reads(desk, "7,800,000 KPW, approximate")


def add_fragment(desk, words):
    desk.select(words)
    desk.press("+")


def b4_an_amount_for_every_300_is_told_per_person(desk):
    desk.mark("people", "Group of people")
    desk.mark("300", "People count", nth=1)
    assert sorted(people(desk)) == [300, 5000]
    desk.card.get_by_role("button", name="Thing counted: people?").click()
    desk.click("45,000 RMB")
    desk.card.get_by_label("Per how many", exact=True).fill("300")
    desk.press("Enter")
    reads(desk, "45,000 CNY per month for every 300 people, average")
    desk.card.get_by_role("button", name="Per how many: choose").click()
    expect(desk.options.first).to_contain_text("300 people")
    desk.options.first.click()
    derived = desk.card.get_by_role("region", name="Derived")
    expect(derived).to_contain_text("45,000 CNY per month for 300 people = 150 CNY per person and month")
    basis, counted = mention(desk, "300"), mention(desk, "people")
    assert given(desk, LEVY, "per_count") == [{"n": 300, "figure": basis["id"], "mention": counted["id"]}]
    assert basis["attributes"]["use"] == "basis"
    assert people(desk) == [5000]


def people(desk):
    """What a ledger of people counts: no basis of a ratio. What else a number is for, nobody has said here."""
    desk.saved()
    path = "/api/v1/figures/?drafts=true&label=PEOPLE"
    found = desk.page.evaluate("async (path) => (await fetch(path)).json()", path)
    return [item["low"] for item in found["results"] if item["use"] != "basis"]


def b5_equivalents_imply_rates_that_are_compared(desk):
    desk.mark("12,000 RMB", "Money")
    add_fragment(desk, "per year")
    reads(desk, "12,000 CNY per year")
    desk.click("about 7,800,000")
    desk.card.get_by_role("button", name="Conversion of: choose").click()
    desk.option("average of 45,000 RMB").click()
    reads(desk, "7,800,000 KPW per month for every 300 people, approximate")
    desk.click("approximately one million")
    desk.card.get_by_role("button", name="Conversion of: choose").click()
    desk.option("Select in the text").click()
    desk.click("12,000 RMB")
    expect(desk.card.locator(".derived")).to_contain_text("1,000,000 KPW ÷ 12,000 CNY = 83.33 KPW per CNY")
    warning = desk.card.locator(".finding[data-level=warning]")
    expect(warning.filter(has_text="173.33 and 83.33 KPW per CNY")).to_contain_text("FIG-06")


def b6_reference_numbers_and_dates_are_doubted(desk):
    for words, kind in (("2371", "reference number"), ("September 4", "date")):
        desk.mark(words, "Item count")
        warning = desk.card.locator(".finding[data-level=warning]")
        expect(warning.filter(has_text=kind)).to_contain_text("FIG-02")
        assert mention(desk, words)["label"] == "ITEMS"


def a1_what_contradicts_itself_is_refused(desk):
    before = mention(desk, "about 7,800,000 KPW")

    def write(**attributes):
        pk, base = str(desk.assignment.pk), desk.stored()["revision"]
        return desk.page.evaluate(WRITE, [pk, base, before["id"], attributes])

    assert write(comparator="gt", low=300, high=400) == [422, [["FIG-01", "comparator"]]]
    assert write(currency="RMB") == [422, [["FIG-02", "currency"]]]
    assert mention(desk, "about 7,800,000 KPW") == before


def test_figures_in_other_scripts_by_the_keyboard_alone(desk_on):
    desk = desk_on(f"{FX_7}\n\n{FX_6}\n\n{WAGES}")
    b7_offsets_are_code_points(desk)
    a2_japanese_amounts(desk)
    every_field_is_a_key_away(desk)


def b7_offsets_are_code_points(desk):
    desk.go_to("170")
    desk.press("f", "p")
    reads(desk, "170 people")
    found = mention(desk, "170")
    assert [(part["start"], part["end"]) for part in found["fragments"]] == [(18, 21)]
    desk.open()
    assert desk.page.locator(".seg").all_inner_texts() == ["170"]


def a2_japanese_amounts(desk):
    desk.page.locator("#text").focus()
    desk.press("Control+End", "Control+Home", "Control+ArrowDown")
    desk.go_to("170")
    desk.press("f", "p")
    reads(desk, "170 people")
    mark_up_to(desk, "4", "元")
    reads(desk, "45,000 CNY")
    mark_up_to(desk, "約", "円")
    reads(desk, "763,000 JPY, approximate")
    desk.press("v")
    tab_to(desk, "equivalent_to")
    desk.press("Enter")
    expect(desk.options.first).to_contain_text("4万5000元")
    desk.press("Enter")
    expect(desk.card.locator(".derived")).to_contain_text("763,000 JPY ÷ 45,000 CNY = 16.96 JPY per CNY")
    assert given(desk, "4万5000元", "low", "high", "currency") == [45000, 45000, "CNY"]
    assert given(desk, "約76万3000円", "low", "high", "currency", "approximate") == [763000, 763000, "JPY", True]
    link = desk.stored()["relations"][0]
    assert link["type"] == "equivalent_to"
    assert link["source"] == mention(desk, "約76万3000円")["id"]


def every_field_is_a_key_away(desk):
    desk.press("Escape", "Control+ArrowDown")
    mark_up_to(desk, "45,000", "dollars")
    reads(desk, "45,000 USD, currency inferred")
    desk.press("v")
    for field, keys in (
        ("comparator", "ra"),
        ("low", "40,000"),
        ("high", "0.05 million"),
        ("currency", "RMB"),
        ("per_period", "monthly"),
        ("per_count", "300"),
        ("approximate", " "),
        ("more", " "),
        # The first letters go through other choices: only the last one is saved.
        ("statistic", "ma"),
        ("use", "limit"),
        ("currency_basis", "inf"),
        ("credibility", "doub"),
        ("note", "See F09."),
    ):
        tab_to(desk, field)
        type_in(desk.page, keys)
        if field == "comparator":
            expect(desk.card.locator("[name=high]")).to_be_visible()  # else Tab might have passed before it was there
    desk.press("Tab")
    reads(
        desk,
        "40,000 to 50,000 CNY per month for every 300 people, maximum, approximate, currency inferred, limit, target or deadline",
    )
    wanted = ["between", "CNY", "P1M", True, False, "maximum", "limit", "inferred", "4", "See F09."]
    names = ["comparator", "currency", "per_period", "approximate", "vague", "statistic", "use", "currency_basis"]
    assert given(desk, "45,000 dollars", *names, "credibility", "note") == wanted
    passed = list(Change.objects.filter(object_id=mention(desk, "45,000 dollars")["id"]).values_list("after", flat=True))
    assert "median" not in str(passed)


def test_more_fields_stay_unfolded_in_a_card_that_is_drawn_anew_at_once(desk_on):
    desk = desk_on(WAGES)
    desk.page.add_init_script("addEventListener('toggle', (event) => event.stopImmediatePropagation(), true)")  # told too late
    desk.open()
    desk.mark("45,000 dollars", "Money")
    reads(desk, "45,000 USD, currency inferred")
    desk.saved()
    desk.card.get_by_text("More fields").click()
    desk.card.locator("[name=statistic]").select_option("maximum")
    desk.saved()
    expect(desk.card.locator(".reading")).to_contain_text("maximum")
    expect(desk.card.locator("[name=currency_basis]")).to_be_visible()


def test_a_card_that_is_drawn_anew_under_a_pressed_space_keeps_the_tick(desk_on):
    desk = desk_on(WAGES)
    desk.mark("45,000 dollars", "Money")
    reads(desk, "45,000 USD, currency inferred")
    desk.card.get_by_label("Per how many", exact=True).fill("300")
    tab_to(desk, "approximate")
    reads(desk, "45,000 USD for every 300 people, currency inferred")
    desk.page.keyboard.down(" ")
    desk.press("Control+z")
    expect(desk.state).to_have_attribute("data-state", "saved")
    desk.page.keyboard.up(" ")
    reads(desk, "45,000 USD, approximate, currency inferred")
    assert given(desk, "45,000 dollars", "per_count", "approximate") == [None, True]


def mark_up_to(desk, first, last):
    """From one word to another, as money."""
    desk.press("ArrowRight")
    desk.go_to(first)
    for _ in range(12):
        if desk.caret().endswith(last):
            break
        desk.press("Shift+ArrowRight")
    desk.press("f", "m")


def tab_to(desk, field):
    """With Tab to a field or a button of the card."""
    here = "(document.activeElement.dataset.field ?? document.activeElement.name)"
    for _ in range(40):
        if desk.page.evaluate(here) == field:
            return
        desk.press("Tab")
    pytest.fail(f"Tab never came to {field}")


def test_a_number_marked_alone_has_the_words_that_touch_it(desk_on):
    desk = desk_on("The trader hired more than 70 workers and sold coal at $590 a tonne.")
    desk.mark("70", "People count")
    reads(desk, "more than 70 people")
    desk.press("Escape")
    desk.mark("590", "Money")
    reads(desk, "590 USD per tonne, currency inferred")
    desk.saved()
    assert given(desk, "590", "low", "high", "currency", "per_unit") == [590, 590, "USD", "t"]

"""Korean, Chinese, Japanese, Arabic, emoji and combining signs: marked by mouse and by keys, stored at the right code points."""

from playwright.sync_api import expect

KOREAN = "북한 노동자 수백 명이 중국 단둥에서 귀국했다. 공장 관리자는 임금을 받지 못했다고 말했다. 그들은 다시 북한으로 돌아갔다."
CHINESE = "中国辽宁省丹东市的朝鲜工人已经回国。联合国安理会的决议要求各国遣返朝鲜劳工,工厂经理告诉记者工资还没有支付。"
JAPANESE = "中国の工場で働いていた北朝鮮の労働者が帰国した。国連安全保障理事会の決議は各国に労働者の送還を求めている。"
ARABIC = "عاد العمال الكوريون الشماليون من الصين إلى بلادهم بعد قرار مجلس الأمن. وقال مدير المصنع إن الأجور لم تدفع بعد لأي منهم."
SIGNS = "The 👩🏽‍🔧 crew 🇰🇵 of the Cafe\u0301 Ha\u0300 No\u0323\u0302i earned 𝟛𝟘𝟘 yuan; 💩 their boss left."
TEXT = "\n\n".join(["Six scripts", KOREAN * 2, CHINESE * 2, JAPANESE * 2, ARABIC * 2, SIGNS])

# The words of the browser's own segmenter that a stretch touches, without what is no word at its ends.
WORDS = """([text, from, to]) => {
  const parts = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
  const touched = parts.filter(({ index, segment }) => index < to && index + segment.length > from);
  return touched.map(({ segment }) => segment).join('').trim();
}"""


def snapped(desk, paragraph, part):
    """What a drag over the part of a paragraph should take."""
    start = paragraph.index(part)
    units = len(paragraph[:start].encode("utf-16-le")) // 2
    return desk.page.evaluate(WORDS, [paragraph, units, units + len(part.encode("utf-16-le")) // 2])


def test_marks_in_many_scripts(desk_on):
    desk = desk_on(TEXT)
    expected = []
    # Half words by mouse become whole ones, as the browser cuts them.
    halves = [
        (KOREAN, "한 노동"),
        (CHINESE, "宁省丹"),
        (CHINESE, "鲜工"),
        (JAPANESE, "朝鮮の労"),
        (ARABIC, "عمال الكوري"),
        (ARABIC, "دير المص"),
    ]
    for paragraph, part in halves:
        whole = snapped(desk, paragraph, part)
        assert part in whole
        desk.mark(part, "Group of people")
        assert desk.lit("focus") == [whole]
        expected.append((whole, "GROUP"))
        desk.press("Escape", "Escape")
    # Exact characters with Alt, never half of what people see as one.
    desk.mark("북한", "Territory / place", nth=1, alt=True)
    desk.mark("👩🏽‍🔧", "Group of people", alt=True)
    desk.mark("Cafe\u0301", "Facility / site")
    desk.press("Escape", "Escape")
    expected += [("북한", "TERRITORY"), ("👩🏽‍🔧", "GROUP"), ("Cafe\u0301", "FACILITY")]
    desk.saved()
    assert sorted(desk.marks()) == sorted(expected)
    for item in desk.stored()["mentions"]:
        assert "".join(TEXT[part["start"] : part["end"]] for part in item["fragments"]) == item["quote"]
    assert desk.covered() == []

    # By keys: in a line from right to left the arrows go where they point.
    desk.click("🇰🇵")
    assert desk.caret() == "🇰🇵"
    desk.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    desk.press("a", "f")
    expect(desk.page.locator("#spoken")).to_contain_text("the")
    desk.click("مجلس")
    assert desk.caret() == "مجلس"
    desk.press("ArrowLeft")
    assert desk.caret() == "الأمن"
    desk.press("ArrowRight", "Shift+ArrowLeft", "a", "i")
    assert desk.lit("focus") == ["مجلس الأمن"]
    desk.press("]")
    assert desk.lit("focus") == ["الأمن"]
    desk.click("联合国")
    desk.press("Shift+ArrowRight", "Shift+ArrowRight", "a", "i")
    chosen = desk.lit("focus")[0]
    assert chosen.startswith("联合国")
    assert len(chosen) > 3
    desk.click("𝟛𝟘𝟘")
    desk.press("f", "p")
    desk.saved()
    quotes = {quote for quote, _ in desk.marks()}
    assert {"الأمن", chosen} <= quotes
    assert any(quote.startswith("𝟛𝟘𝟘") for quote in quotes)
    for item in desk.stored()["mentions"]:
        assert "".join(TEXT[part["start"] : part["end"]] for part in item["fragments"]) == item["quote"]

    # The same after a reload, and on a small screen.
    desk.open()
    desk.page.set_viewport_size({"width": 390, "height": 800})
    badges = len(desk.badges())
    assert badges == len(desk.marks())
    assert desk.covered() == []


def test_fillers_of_a_korean_event_are_offered_by_their_particles_and_taken_by_one_key(desk_on):
    desk = desk_on("귀국\n\n중국은 지난주 북한 노동자 200명을 단둥에서 평양으로 송환했다고 신문이 전했다.")
    for words, label in [("중국", "Territory / place"), ("노동자", "Group of people"), ("200명", "People count")]:
        desk.mark(words, label)
    for words in ("단둥", "평양"):
        desk.mark(words, "Territory / place")
    desk.mark("신문", "News outlet")
    desk.mark("송환했다", "Return home")
    offers = desk.card.locator("[data-row^=role-] .offer")
    expect(offers).to_have_count(5)
    desk.press("Enter")
    expect(desk.card.locator("[data-row^=role-] .chip")).to_have_count(5)
    desk.saved()
    stored = desk.stored()
    quotes = {item["id"]: item["quote"] for item in stored["mentions"]}
    [event] = stored["events"]
    filled = {each["role"]: quotes[each["mention"]] for each in event["arguments"]}
    assert filled == {"agent": "중국", "people": "노동자", "count": "200명", "origin": "단둥", "destination": "평양"}

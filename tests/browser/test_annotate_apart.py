"""The annotator from its modules as they lie, as a developer loads it; all other tests load the joined files that a server sends."""

from playwright.sync_api import expect

from config.environment import ROOT


def test_one_can_mark_and_fill_in_with_the_modules_as_they_lie(desk):
    asked = []

    def answer(route):
        path = ROOT / "static" / "annotator" / route.request.url.rpartition("/static/annotator/")[2]
        asked.append(path.name)
        route.fulfill(path=path, content_type="text/javascript")

    desk.page.wait_for_selector("#annotator[data-whole=yes]")
    desk.page.route("**/static/annotator/**/*.js", answer)
    desk.open()
    desk.mark("300", "People count")
    expect(desk.card.get_by_label("Number")).to_have_value("300")
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]
    assert len(asked) == len(set(asked)) > 50
    assert {"main.js", "deferred.js", "outbox.js"} <= set(asked)


def test_the_other_tests_load_the_joined_files(desk):
    desk.page.wait_for_selector("#annotator[data-whole=yes]")
    names = desk.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert sorted(name.rpartition("/")[2] for name in names if "/annotator/" in name) == ["deferred.js", "main.js"]

"""The annotator from the joined files that a server sends; all other tests load its modules as they lie."""

from playwright.sync_api import expect

from config.static import bundles
from tests.test_javascript_size import MODULES


def test_one_can_mark_and_fill_in_with_joined_modules(desk):
    files = bundles(MODULES)
    asked = []

    def answer(route):
        name = "annotator/" + route.request.url.rpartition("/")[2]
        asked.append(name)
        route.fulfill(body=files[name], content_type="text/javascript")

    desk.page.wait_for_selector("#annotator[data-whole=yes]")
    desk.page.route("**/static/annotator/*.js", answer)
    desk.open()
    desk.mark("300", "People count")
    expect(desk.card.get_by_label("Number")).to_have_value("300")
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]
    assert asked == ["annotator/main.js", "annotator/late.js"]

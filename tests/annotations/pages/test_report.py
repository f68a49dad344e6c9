"""The evidence table: lines are selected, put in order, downloaded, and nothing of what somebody may not see."""

import csv
import io
import re
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.formats.evidence.seals import seal_name
from annotations.models import Span
from annotations.queries import report_lines
from annotations.views import report
from annotations.write.apply import apply_changes
from tests import factories, marks
from tests.api.world import TEXT, change, seven_kinds

PAGE = "/corpora/reports/evidence/lines/"
DRAFTS = {"status": "drafts"}


@pytest.fixture
def mark(corpus, people):
    """`mark(title)`: an article with figures and events, marked by the annotator."""

    def marked(title):
        document = factories.document(TEXT.format(canary=title), of=factories.article(corpus, title))
        assignment = factories.assignment(document, people.annotator)
        apply_changes(assignment, people.annotator, 0, seven_kinds(document.text, title)[1])
        return assignment

    return marked


def press(client, **asked):
    """Where a button leads, as the page that is then shown."""
    return client.get(PAGE, asked, follow=True)


def places(page):
    return [place for place, _ in page.context["chosen"]]


def test_lines_are_ticked_ordered_and_left_out(mark, as_):
    mark("first"), mark("second")
    manager = as_("manager")
    lines = manager.get(PAGE, DRAFTS).context["lines"]
    offered = [line.name for line in lines if not line.missing]
    assert len(offered) >= 3
    page = press(manager, lines=offered[0], add=[offered[2], "", "no line"])
    assert places(page) == [offered[0], offered[2]]
    assert '<bdi id="footnote-2">‘first’, [no date].</bdi>' in page.content.decode()
    assert places(press(manager, lines=",".join(offered[:3]), up=offered[2])) == [offered[0], offered[2], offered[1]]
    assert places(press(manager, lines=",".join(offered[:3]), down=offered[0])) == [offered[1], offered[0], offered[2]]
    assert places(press(manager, lines=",".join(offered[:3]), up=offered[0])) == offered[:3], "the first stays the first"
    page = press(manager, lines=",".join(offered[:3]), drop=offered[1])
    assert places(page) == [offered[0], offered[2]]
    for asked, there in (({"up": 2}, "up"), ({"up": 1}, "down"), ({"down": 0}, "down"), ({"down": 1}, "up")):
        [(name, place)] = [(name, offered[number]) for name, number in asked.items()]
        answer = press(manager, lines=",".join(offered[:3]), **{name: place}).redirect_chain[-1][0]
        assert answer.endswith(f"#{there}-{place}"), "the keyboard stays at the line"
    assert "drop" not in parse_qs(urlsplit(page.redirect_chain[-1][0]).query), "to reload changes nothing"


@pytest.mark.parametrize("name", ["csv", "evidence"])
def test_the_files_hold_the_chosen_lines_in_their_order(mark, as_, name):
    mark("first"), mark("second")
    manager = as_("manager")
    lines = manager.get(PAGE, DRAFTS).context["lines"]
    last, first = lines[-1], lines[0]
    assert last.article != first.article
    page = manager.get(PAGE, {"lines": f"{last.name},{first.name}"})
    [address] = [each["address"] for each in page.context["files"] if f"format={name}&" in each["address"]]
    content = manager.get(address).getvalue()
    if name == "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            rows = list(csv.DictReader(io.StringIO(archive.read("evidence.csv").decode("utf-8-sig"), newline="")))
        assert [row["statement"] for row in rows] == [last.statement, first.statement]
        assert [row["seal"][:49] for row in rows] == [last.name, first.name]
    else:
        assert re.findall("^## (.*)$", content.decode(), re.MULTILINE) == ["second[^1]", "first[^2]"]


def test_a_line_shows_its_sentence_with_the_marked_words_and_who_says_so(mark, as_):
    mark("first")
    page = as_("manager").get(PAGE, DRAFTS).content.decode()
    assert "<mark>300</mark> North Korean workers here.</q>" in page
    assert "There used to be <mark>" in page
    assert "outlet not recorded, no date · Paragraph" in page
    assert "No lines selected" in page


def test_what_somebody_may_not_see_is_no_line(mark, as_):
    mark("first")
    place = as_("manager").get(PAGE, DRAFTS).context["lines"][0].name
    page = as_("viewer").get(PAGE, {"lines": place})
    assert (page.context["chosen"], page.context["files"], page.context["lines"]) == ([(place, None)], [], [])
    assert "This line no longer exists, or you do not have access to it." in page.content.decode()


def test_a_report_has_an_end(mark, as_, monkeypatch):
    mark("first")
    monkeypatch.setattr(report, "MOST", 1)
    monkeypatch.setattr(report_lines, "MOST", 1)
    offered = [line.name for line in as_("manager").get(PAGE, DRAFTS).context["lines"]]
    assert places(as_("manager").get(PAGE, {"lines": ",".join(offered[:2])})) == offered[:1]
    page = press(as_("manager"), add=offered[:3])
    assert places(page) == offered[:1]
    assert "A table has at most 1 lines; the last 2 were not added." in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_lines(mark, as_):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = manager.get(PAGE, DRAFTS | {"lines": chosen})
        assert page.context["lines"]
        return len(asked)

    manager, chosen = as_("manager"), ""
    mark("first")
    chosen = ",".join(line.name for line in manager.get(PAGE, DRAFTS).context["lines"])
    few = queries()
    mark("second"), mark("third")
    chosen = ",".join(line.name for line in manager.get(PAGE, DRAFTS).context["lines"])
    assert queries() == few


def test_titles_are_searched_and_pages_turned(mark, as_, monkeypatch):
    monkeypatch.setattr(report, "PAGE", 1)
    mark("Rain in Sinuiju"), mark("Sun in Dandong")
    manager = as_("manager")
    assert {line.article for line in manager.get(PAGE, DRAFTS | {"title": "sinuiju"}).context["lines"]} == {"Rain in Sinuiju"}
    first = manager.get(PAGE, DRAFTS)
    page = press(manager, **DRAFTS, go="2", page="1", add=first.context["lines"][0].name)
    assert page.redirect_chain[-1][0].endswith("#lines")
    assert {line.article for line in page.context["lines"]} == {"Sun in Dandong"}
    assert len(page.context["chosen"]) == 1
    assert "No matching annotations" in manager.get(PAGE, {"title": "nowhere"}).content.decode()


class TestWhatIsTickedElsewhere:
    """A row of *Questions* names an event or a figure: it leads to the lines that tell of it."""

    @pytest.fixture
    def reading(self, corpus, people):
        document = factories.document("Some went. 300 people left.", of=factories.article(corpus, "Home"))
        return factories.assignment(document, people.annotator)

    def named(self, reading, record):
        return seal_name(str(reading.pk), str(record))

    def test_an_event_leads_to_the_lines_of_its_figures(self, reading, as_):
        number = marks.figure(reading, "300", low=300, high=300, comparator="eq", use="limit")
        event = marks.event(reading, "left")
        marks.argument(event, span=number.span)
        page = as_("manager").get(PAGE, {"lines": self.named(reading, event.pk)})
        [(place, line)] = page.context["chosen"]
        assert (place, line.mark) == (self.named(reading, number.pk), str(number.pk))
        [address] = [each["address"] for each in page.context["files"] if "format=evidence&" in each["address"]]
        asked = address.replace(place, self.named(reading, event.pk)).replace(place.replace(":", "%3A"), str(event.pk))
        assert line.statement[:-1] in as_("manager").get(asked).getvalue().decode(), "files follow too"

    def test_a_figure_without_a_value_leads_to_its_event(self, reading, as_):
        number, event = marks.figure(reading, "Some"), marks.event(reading, "went")
        marks.argument(event, span=number.span)
        [(place, line)] = as_("manager").get(PAGE, {"lines": self.named(reading, number.pk)}).context["chosen"]
        assert (place, line.name) == (self.named(reading, event.pk),) * 2

    def test_a_figure_that_is_no_line_is_named(self, reading, as_):
        number = marks.figure(reading, "Some")
        page = as_("manager").get(PAGE, {"lines": self.named(reading, number.pk)})
        assert "No line: the figure “Some” has no value, in " in page.content.decode()
        assert page.context["files"] == []

    def test_a_deleted_mark_is_named_with_its_article(self, mark, as_, people):
        reading = mark("first")
        trigger = Span.objects.get(assignment=reading, quote="forced")
        [line] = [each for each in as_("manager").get(PAGE, DRAFTS).context["lines"] if each.mark == str(trigger.pk)]
        gone = [change("delete", kind, {"id": str(pk)}) for kind, pk in (("span", trigger.pk), ("event", trigger.event_id))]
        reading.refresh_from_db()
        apply_changes(reading, people.annotator, reading.revision, gone)
        page = as_("manager").get(PAGE, {"lines": line.name}).content.decode()
        assert "No line: an event of the type Return home was deleted, in " in page
        assert ">first</a>." in page

"""A manager moves a team to a newer version of the scheme without a script, looks at what changed, and takes it back."""

from playwright.sync_api import expect

from annotations.models import Assignment, Move
from annotations.moves import change
from tests import factories, readings
from tests.annotations.moves.conftest import version, without_revisions
from tests.annotations.moves.test_moves import renamed


def test_a_scheme_change_from_the_corpus_to_its_undoing(page, sign_in, transactional_db):
    corpus, mina = factories.corpus("reports"), factories.user("mina")
    factories.scheme()
    factories.adopt(corpus)
    factories.membership(corpus, mina, "manager")
    people = [factories.user("ann"), factories.user("ben")]
    both = readings.readings(corpus, people, [readings.no_edit, readings.no_edit])
    before = [without_revisions(reading) for reading in both]
    version(renamed)
    sign_in(page, mina)
    page.goto("/corpora/reports/")
    page.get_by_role("link", name="Setup", exact=True).click()
    page.get_by_role("link", name="Versions and scheme changes").click()
    page.get_by_label("All readings").check()
    page.get_by_role("button", name="Map codes").press("Enter")
    expect(page.get_by_role("button", name="Do", exact=True)).to_be_disabled()
    page.get_by_label("New code of EVENT.REPATRIATE").select_option("RETURN")
    page.get_by_role("button", name="Try").press("Enter")
    page.get_by_label("New code of EVENT.REPATRIATE.count").select_option("number")
    page.get_by_label("New code of EVENT.REPATRIATE.manner.forced").select_option("compelled")
    page.get_by_role("button", name="Try").press("Enter")
    expect(page.get_by_text("In 0 of 2 readings tried")).to_be_visible()
    page.get_by_role("button", name="Do", exact=True).press("Enter")
    expect(page.get_by_text("0 of 2 readings reached.")).to_be_visible()
    change.carry_out(Move.objects.get().pk)
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert set(Assignment.objects.values_list("scheme__version", flat=True)) == {"1.9.0"}
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("0 of 2 readings reached.")).to_be_visible()
    change.carry_out(Move.objects.get().pk)
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("Undone", exact=True).first).to_be_visible()
    assert [without_revisions(reading) for reading in both] == before

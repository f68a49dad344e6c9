import pytest

from annotations.scheme.view import SchemeView


@pytest.fixture
def notes(checks):
    return lambda **kwargs: [check["text"] for check in checks("LEGAL", **kwargs)]


def test_a_cap_is_given_as_the_reason_for_returns(checks):
    (found,) = checks("LEGAL")
    assert (found["result"], found["figures"]) == ("note", [])
    assert found["text"] == (
        "The article gives 2371 as the reason for refused visas and returns. "
        "¶11 of 2371 caps work authorisations; it does not itself require return. "
        "Returns are required by ¶8 of 2397, adopted later (2017-12-22)."
    )


def test_a_paragraph_that_requires_returns_needs_no_note(notes, of_bare):
    for pk in ("R1", "R2"):
        of_bare(pk).update(measure="UNSCR-2397", paragraph="8")
    assert notes() == []


def test_refused_visas_alone_need_no_note(notes, of_bare):
    of_bare("EV07")["arguments"] = [entry for entry in of_bare("EV07")["arguments"] if entry["role"] != "legal_basis"]
    assert notes() == []


def test_returns_alone_are_the_only_reason_that_is_named(notes, of_bare):
    of_bare("EV03")["arguments"] = [entry for entry in of_bare("EV03")["arguments"] if entry["role"] != "legal_basis"]
    assert notes()[0].startswith("The article gives 2371 as the reason for returns. ")


def test_an_event_without_words_of_its_own_has_the_name_of_its_type(notes, of_bare):
    of_bare("EV03")["attributes"]["decision"] = "revoked"
    assert notes()[0].startswith("The article gives 2371 as the reason for permit decision and returns. ")


@pytest.mark.parametrize("change", [{"paragraph": None}, {"paragraph": "99"}, {"measure": None}])
def test_nothing_is_said_of_a_paragraph_that_the_register_does_not_know(notes, of_bare, change):
    for pk in ("R1", "R2"):
        of_bare(pk).update(change)
    assert notes() == []


def test_a_measure_that_is_implemented_is_no_legal_basis(notes, of_bare):
    assert {"role": "measure", "measure_ref": "R1"} in of_bare("EV02")["arguments"]
    assert "IMPLEMENT" not in notes()[0]


def test_two_paragraphs_have_two_notes(notes, of_bare):
    of_bare("R1").update(measure="UNSCR-2375", paragraph="17")
    of_bare("EV04")["arguments"].append({"role": "legal_basis", "measure_ref": "R1"})
    assert [note.split(".")[0] for note in notes()] == [
        "The article gives 2375 as the reason for refused visas and returns",
        "The article gives 2371 as the reason for returns",
    ]
    assert "¶17 of 2375 bans new work authorisations" in notes()[0]


def test_a_register_without_such_a_paragraph_says_only_what_is_not_required(notes, scheme_body):
    scheme_body["measures"] = [measure for measure in scheme_body["measures"] if measure["code"] != "UNSCR-2397"]
    assert notes(view=SchemeView(scheme_body))[0].endswith("it does not itself require return.")


def test_what_a_paragraph_requires_is_said_by_the_register_and_in_which_words_by_the_scheme(notes, scheme_body):
    (cap,) = [row for measure in scheme_body["measures"] for row in measure["provisions"] if row["effect"] == "cap"]
    cap |= {"does": "caps a number", "requires": ["REPATRIATE", "PERMIT"]}
    assert notes(view=SchemeView(scheme_body)) == []
    cap["requires"] = []
    assert "¶11 of 2371 caps work authorisations; it does not itself require" in notes(view=SchemeView(scheme_body))[0]


def test_a_measure_of_before_is_called_earlier(notes, scheme_body):
    next(measure for measure in scheme_body["measures"] if measure["code"] == "UNSCR-2397")["adopted"] = "2016-12-22"
    assert notes(view=SchemeView(scheme_body))[0].endswith("adopted earlier (2016-12-22).")


def test_a_measure_with_another_kind_of_code_keeps_it_whole(notes, of_bare, scheme_body):
    measure = next(measure for measure in scheme_body["measures"] if measure["code"] == "UNSCR-2371")
    measure["code"] = "EU-2017-1509-A"
    for pk in ("R1", "R2"):
        of_bare(pk)["measure"] = "EU-2017-1509-A"
    assert notes(view=SchemeView(scheme_body))[0].startswith("The article gives EU-2017-1509-A as the reason")


def test_a_scheme_without_legal_effects_notes_nothing(notes, scheme_body):
    del scheme_body["derived"]["legal"]
    assert notes(view=SchemeView(scheme_body)) == []


def test_events_are_named_in_the_order_of_the_text(notes, of_bare, bare):
    """However a file or the database has them: the words of a note stay the same."""
    before = notes()
    bare["events"].reverse()
    assert notes() == before

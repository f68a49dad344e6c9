"""A file that was cut anywhere is noticed, and so is one that was changed."""

import hashlib
import io
import zipfile

import pytest

from annotations.formats.files.end_record import Cut, checked, line, with_report

DOCUMENTS = [b'{"id": 1}\n', '{"id": "💩"}\n'.encode()]


def record(pieces):
    body = b"".join(pieces)
    return {"documents": len(pieces), "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}


def in_lines(pieces=DOCUMENTS):
    return b"".join([*pieces, line(record(pieces))])


def in_zip(pieces=DOCUMENTS):
    return b"".join(with_report("a.jsonl", iter(pieces), lambda: {"end": record(pieces)}))


@pytest.mark.parametrize("whole", [in_lines(), in_lines([]), in_zip(), in_zip([])], ids=["lines", "no lines", "zip", "empty zip"])
def test_what_is_whole_is_so(whole):
    assert checked(io.BytesIO(whole))["bytes"] in (sum(map(len, DOCUMENTS)), 0)


@pytest.mark.parametrize("whole", [in_lines(), in_zip()], ids=["lines", "zip"])
def test_it_is_noticed_wherever_it_is_cut(whole):
    for length in range(len(whole) - 1):
        with pytest.raises(Cut):
            checked(io.BytesIO(whole[:length]))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (in_lines().replace(b"1", b"2", 1), "SHA-256"),
        (in_lines().replace(DOCUMENTS[0], b""), "bytes"),
        (in_lines() + b'{"id": 3}\n', "not an end record"),
        (b"".join(DOCUMENTS), "not an end record"),
        (b"\xff\n", "not complete JSON"),
    ],
)
def test_what_was_changed_is_noticed(changed, reason):
    with pytest.raises(Cut, match=reason):
        checked(io.BytesIO(changed))


def test_a_zip_without_a_report_is_not_told_to_be_whole():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.jsonl", "{}")
    with pytest.raises(Cut, match=r"report\.json is missing"):
        checked(file)


def test_an_error_on_the_way_leaves_no_zip():
    def broken():
        yield DOCUMENTS[0]
        raise RuntimeError("gone")

    sent = []
    with pytest.raises(RuntimeError, match="gone"):
        sent.extend(with_report("a.jsonl", broken(), dict))
    with pytest.raises(Cut):
        checked(io.BytesIO(b"".join(sent)))

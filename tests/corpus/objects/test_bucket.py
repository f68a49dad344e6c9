"""Objects in a bucket: what holds for those in a folder holds there, and what a server does wrong is told and never sent."""

import threading

import pytest

from corpus.intake.ingest import ingest
from corpus.models import Raw
from corpus.objects.bucket import ObjectBucket
from corpus.objects.folder import ORPHAN, ObjectFolder, digest
from corpus.objects.raws import DamagedObject, bytes_of, key_of
from corpus.objects.s3 import BadAddress, parts
from corpus.objects.sweeping import sweep
from tests import factories
from tests.s3 import s3_server

CONTENT = b"The ministry said that workers had been sent home.\n"
KEY = f"raw/7/{digest(CONTENT)}"


@pytest.fixture
def server(monkeypatch):
    with s3_server() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture(params=["bucket", "folder"])
def objects(request, server, tmp_path):
    return ObjectBucket("s3://originals/of/attest") if request.param == "bucket" else ObjectFolder(tmp_path)


@pytest.fixture
def bucket(server):
    return ObjectBucket("s3://originals/of/attest")


def stored(key=KEY):
    return f"originals/of/attest/{key}"


def test_an_object_is_put_read_measured_and_listed(objects):
    keys = [f"raw/{corpus}/{digest(bytes([corpus]))}" for corpus in range(1, 9)]
    for key in keys:
        objects.put(key, CONTENT)
        objects.put(key, CONTENT)
    objects.mark(keys[0])
    assert sorted(objects.keys()) == keys
    assert (objects.read(keys[0]), objects.size(keys[0]), objects.size(KEY)) == (CONTENT, len(CONTENT), None)


def test_one_that_is_damaged_is_replaced_by_the_next_put(bucket, server):
    bucket.put(KEY, CONTENT)
    server.put(stored(), b"something else")
    bucket.put(KEY, CONTENT)
    assert server.objects[stored()] == CONTENT


def test_one_that_is_gone_cannot_be_read(objects):
    with pytest.raises(FileNotFoundError):
        objects.read(KEY)


@pytest.mark.parametrize("key", ["raw/1/../2/" + "0" * 64, "/etc/passwd", "", KEY + "/x"])
def test_what_is_no_key_leads_nowhere(bucket, key):
    for act in (bucket.read, bucket.size, bucket.mark, bucket.unmark, lambda key: bucket.put(key, b"")):
        with pytest.raises(ValueError, match="no key of an object"):
            act(key)


# What no row names


def test_what_is_marked_is_removed_and_a_mark_keeps_its_time(objects):
    objects.put(KEY, CONTENT)
    first = objects.mark(KEY)
    assert objects.mark(KEY) == first
    assert objects.remove(KEY)
    assert (objects.size(KEY), list(objects.keys())) == (None, [])


def test_what_was_put_since_it_was_marked_stays(objects):
    objects.put(KEY, CONTENT)
    objects.mark(KEY)
    objects.put(KEY, CONTENT)
    assert not objects.remove(KEY)
    assert objects.read(KEY) == CONTENT


def test_what_is_put_while_it_is_removed_is_there_afterwards(bucket, server, monkeypatch):
    bucket.put(KEY, CONTENT)
    bucket.mark(KEY)
    delete = bucket.delete

    def delete_late(name):
        if name == KEY:
            bucket.unmark(KEY)  # another one's put: it takes the mark away, sees the object and goes
        delete(name)

    monkeypatch.setattr(bucket, "delete", delete_late)
    assert not bucket.remove(KEY)
    assert (server.objects[stored()], stored(KEY + ORPHAN) in server.objects) == (CONTENT, False)


def test_of_many_who_put_at_once_each_finds_it_whole(bucket, server):
    threads = [threading.Thread(target=bucket.put, args=(KEY, CONTENT)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.objects == {stored(): CONTENT}


# What a server does wrong


def test_a_server_that_fails_for_a_moment_is_asked_again(bucket, server):
    server.failures = [500, 503]
    bucket.put(KEY, CONTENT)
    server.failures = [500]
    assert bucket.read(KEY) == CONTENT


def test_one_that_refuses_is_told_by_its_address(bucket, server):
    server.failures = [403]
    with pytest.raises(OSError, match=r"s3://originals/of/attest: .*403"):
        bucket.read(KEY)


def test_half_an_answer_is_no_content(bucket, server):
    bucket.put(KEY, CONTENT)
    server.failures = [0] * 20
    with pytest.raises(OSError):
        bucket.read(KEY)


# Original files


@pytest.mark.django_db
def test_a_large_original_lies_in_the_bucket_and_is_never_sent_when_it_is_another(bucket, server, settings, caplog):
    settings.OBJECTS, settings.OBJECTS_FROM = "s3://originals/of/attest", len(CONTENT)
    corpus = factories.corpus()
    ingest(corpus, [("report.txt", CONTENT)], door="api")
    raw = Raw.objects.get()
    key = stored(key_of(corpus.pk, raw.sha256))
    assert (raw.storage, raw.content, server.objects[key], bytes_of(raw)) == ("object", None, CONTENT, CONTENT)
    assert sweep(0) == (1, 0, 0)
    for act, words in [
        (lambda: server.put(key, CONTENT[::-1]), "no longer has the SHA-256"),
        (server.objects.clear, "cannot be read: No such file"),
        (lambda: server.failures.append(403), "cannot be read: Input/output error"),
    ]:
        act()
        with pytest.raises(DamagedObject, match=words) as caught:
            bytes_of(raw)
        assert "s3://" not in str(caught.value)
    assert "s3://originals/of/attest: " in caplog.text


# Addresses


@pytest.mark.parametrize(
    ("address", "named"),
    [("s3://originals", ("originals", "")), ("s3://originals/", ("originals", "")), ("s3://my.lakes/a/b/", ("my.lakes", "a/b"))],
)
def test_an_address_names_a_bucket_and_perhaps_a_prefix(address, named):
    assert parts(address) == named


@pytest.mark.parametrize(
    "address", ["s3://", "s3:/lakes", "s3://Lakes", "s3://lakes//a", "s3://lakes/a b", "s3://x", "s3://user@lakes"]
)
def test_another_is_refused_with_the_remedy(address):
    with pytest.raises(BadAddress, match="s3://BUCKET/PREFIX"):
        parts(address)

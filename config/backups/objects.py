"""Original files outside the database: copied beside a backup, and put back by a restore. Each is compared with its SHA-256 on the way."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import psycopg

from corpus.objects.bucket import ObjectBucket
from corpus.objects.folder import ObjectFolder, digest

Objects = ObjectFolder | ObjectBucket

HAS_OBJECTS = "SELECT FROM information_schema.columns WHERE table_name = 'corpus_raw' AND column_name = 'storage'"
OBJECTS = "SELECT 'raw/' || corpus_id || '/' || sha256, sha256, size FROM corpus_raw WHERE storage = 'object' ORDER BY corpus_id, sha256"
HAS_CRAWLS = "SELECT FROM information_schema.columns WHERE table_name = 'corpus_raw' AND column_name = 'crawl'"
IN_CRAWLS = "SELECT count(*) FROM corpus_raw WHERE storage = 'crawl'"
AT_ONCE = 1_000  # rows
EXAMPLES = 3


class Copied(NamedTuple):
    """How many objects the database names, their bytes, how many were copied now, and the keys of those that are nowhere whole.

    `in_crawls`: how many original files stay in crawls, which nobody copies here."""

    objects: int = 0
    size: int = 0
    new: int = 0
    lost: tuple[str, ...] = ()
    in_crawls: int = 0

    def __str__(self) -> str:
        files = f"{self.objects:,} original file{'' if self.objects == 1 else 's'} outside the database ({self.size:,} bytes)"
        if not self.lost:
            return files
        names = ", ".join(self.lost[:EXAMPLES]) + (", …" if len(self.lost) > EXAMPLES else "")
        return f"{files}, of which {len(self.lost):,} are missing or damaged: {names}"


def objects_in(connection: psycopg.Connection) -> Iterator[tuple[str, str, int]]:
    """Key, SHA-256 and size in bytes of each object, as seen by the connection's transaction. None in a database of an earlier version."""
    if connection.execute(HAS_OBJECTS).fetchone() is None:
        return
    with connection.transaction(), connection.cursor(name="objects") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(OBJECTS)
        yield from cursor


def in_crawls(connection: psycopg.Connection) -> int:
    """None in a database of an earlier version."""
    if connection.execute(HAS_CRAWLS).fetchone() is None:
        return 0
    (number,) = connection.execute(IN_CRAWLS).fetchone() or (0,)
    return int(number)


def count(connection: psycopg.Connection) -> Copied:
    sizes = [size for _, _, size in objects_in(connection)]
    return Copied(len(sizes), sum(sizes), in_crawls=in_crawls(connection))


def copy(connection: psycopg.Connection, source: Objects, target: Objects) -> Copied:
    """What has its name and size in `target` is left alone: it was compared when it came. Raises OSError where `target` takes nothing."""
    return from_to(connection, source, target, lambda key, _, size: target.size(key) == size)


def put_back(connection: psycopg.Connection, source: Objects, target: Objects) -> Copied:
    """Every object of `target` is read, and replaced where it is damaged. Raises OSError likewise."""
    return from_to(connection, source, target, lambda key, sha256, _: is_whole(target, key, sha256))


def look(connection: psycopg.Connection, folder: Objects) -> Copied:
    """Whether they are there, with their size."""
    return copy(connection, folder, folder)


def from_to(
    connection: psycopg.Connection, source: Objects, target: Objects, is_there: Callable[[str, str, int], bool]
) -> Copied:
    objects = total = new = 0
    lost = []
    for key, sha256, size in objects_in(connection):
        objects, total = objects + 1, total + size
        if is_there(key, sha256, size):
            continue
        if is_whole(source, key, sha256):
            target.put(key, source.read(key))
            new += 1
        else:
            lost.append(key)
    return Copied(objects, total, new, tuple(lost), in_crawls(connection))


def is_whole(folder: Objects, key: str, sha256: str) -> bool:
    """False also where it cannot be read."""
    try:
        return digest(folder.read(key)) == sha256
    except OSError:
        return False

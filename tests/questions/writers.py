"""People who write to a corpus while somebody asks it, each on a connection of their own."""

import threading
import uuid

from django.db import connections

from annotations.write.apply import apply_changes
from questions.address.question import read
from questions.ledgers.answered import answered
from tests import factories
from tests.api.world import change, fragment

TEXT = "word word"


class Writers:
    def __init__(self):
        factories.scheme()
        self.user, self.corpus = factories.user("writer", is_superuser=True), factories.corpus("written")
        self.readings = [factories.assignment(factories.document(TEXT, corpus=self.corpus), self.user) for _ in range(2)]

    def write(self, reading):
        attributes = {"mention_type": "NOM"}
        span = {"id": str(uuid.uuid4()), "layer": "ACTOR", "label": "PERSON", "fragments": [fragment(TEXT, "word")]}
        apply_changes(reading, self.user, 0, [change("create", "span", span | {"attributes": attributes})])

    def number(self):
        return answered(read("events", []), self.corpus, self.user, 5).rests_on["number"]


def in_a_thread(work):
    def closing():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=closing)
    thread.start()
    return thread

"""Questions as the dice fall: every parameter of a ledger with values that it takes, among them such as fit something."""

from __future__ import annotations

import random

from annotations.models import Event, Figure
from corpus.models import Corpus
from questions.address.parameters import LEDGERS, PARAMETERS
from questions.address.question import AddressError, Question, check_together, read
from registry.models import Entity
from tests.questions.address.test_question import TODAY

DAYS = ("2017-01-01", "2017-08-05", "2017-09-04", "2017-09-30", "2018-01-01", "today")
FLAGS = ("0", "1")
CODES = {
    "type": ("REPATRIATE", "PAY", "EMPLOY,PAY", "EMPLOY", "PERMIT,REPATRIATE"),
    "status": ("any", "expected", "happened", "general,expected", "happened,ongoing"),
    "polarity": ("any", "negative", "positive"),
    "certainty": ("certain", "certain,probable"),
    "filter": ("contract_over",),
    "attr": ("payment_type:levy", "manner:forced", "phase:end"),
    "figure": ("1", "PEOPLE", "MONEY,PEOPLE"),
    "label": ("PEOPLE", "MONEY", "MONEY,PEOPLE", "ITEMS"),
    "use": ("any", "basis", "reported"),
    "unit": ("t",),
    "currency": ("CNY", "CNY,KPW"),
    "value_min": ("1", "100", "300"),
    "value_max": ("300", "500", "45000"),
    "tie": ("origin", "workplace", "destination,via"),
    "dates": ("meet", "within"),
    "modality": ("asserted", "reported,asserted", "denied"),
    "evidence": ("testimony", "document,testimony"),
    "reliability": ("F", "A,B", "B,F"),
    "credibility": ("6", "1,3,6"),
    "measure": ("UNSCR-2371",),
    "paragraph": ("8", "11"),
    "verdict": ("required", "not_required", "before", "after", "after_deadline", "falls_under", "open"),
    "by": ("label", "type,status", "source", "outlet,type", "place", "month", "entity,type"),
    "code": ("FIG-05", "FIG-06,DERIVED", "LEGAL"),
    "result": ("ok", "warning,ok", "info"),
    "q": ("work*", "the", "sent|forced", "300", "went home", "con*"),
    "on": ("label:PEOPLE", "type:REPATRIATE", "status:happened"),
    "with": ("work*", "label:GROUP", "label:PEOPLE"),
    "near": ("sentence", "article", "5"),
    "sample": ("3", "20"),
    "seed": ("7",),
    "order": ("text", "left", "right"),
    "outlet": ("Example Wire",),
    "language": ("en",),
    "whose": ("best", "gold", "all", "mine"),
    "basis": ("any", "gold", "reading", "agreed,draft", "adjudicated,approved"),
    "part": ("counted", "expected", "no_figure", "general", "basis", "open"),
    **dict.fromkeys(("from", "to", "published_from", "published_to"), DAYS),
    **dict.fromkeys(("approximate", "vague", "unplaced", "undated", "timed", "maybe", "parts", "unnamed", "case", "copies"), FLAGS),
}  # fmt: skip

OTHERWISE = {
    "screening": {"part": ("any", "linked", "not_screened", "candidates,not_applicable")},
    "counts": {"order": ("count", "value")},
}


class RandomAsker:
    """Asks about one corpus."""

    def __init__(self, seed: int, corpus: Corpus) -> None:
        self.dice = random.Random(seed)
        entities = Entity.objects.filter(corpus=corpus).order_by("pk")
        everybody = [str(pk) for pk in entities.values_list("pk", flat=True)]
        places = [str(pk) for pk in entities.filter(type="TERRITORY").values_list("pk", flat=True)]
        figures = Figure.objects.filter(span__assignment__document__corpus=corpus).order_by("pk")
        events = Event.objects.filter(assignment__document__corpus=corpus).order_by("pk")
        self.values = {
            **CODES,
            **dict.fromkeys(("entity", "actor", "acted", "counted", "source", "speaker"), everybody),
            "place": places,
            "chain": [str(pk) for pk in events.values_list("pk", flat=True)],
            "mark": [str(pk) for pk in figures.values_list("pk", flat=True)],
            "article": [str(pk) for pk in corpus.articles.order_by("created", "title").values_list("pk", flat=True)],
        }

    def question(self, ledger: str = "") -> Question:
        """One with up to four conditions that may be asked together."""
        while True:
            name = ledger or self.dice.choice(list(LEDGERS))
            known = sorted(LEDGERS[name].parameters, key=list(PARAMETERS).index)
            asked = self.dice.sample(known, self.dice.choice([0, 1, 1, 2, 2, 3, 4]))
            values = self.values | OTHERWISE.get(name, {})
            question = read(name, [(each, self.dice.choice(values[each])) for each in asked])
            try:
                check_together(question, TODAY)
            except AddressError:
                continue
            return question

"""Which scheme new assignments of a corpus get, and why a version may not be chosen."""

from __future__ import annotations

from django.contrib.auth.models import User

from annotations.mapping.rows import CodeMapping
from annotations.models import Assignment, CorpusScheme, Move, Scheme
from annotations.moves.in_use import Uses
from annotations.schemes.of_corpus import NoScheme, newest, scheme_for
from annotations.schemes.stored import compiled
from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Corpus, Edit

SHOWN = 10


def chosen_scheme(corpus: Corpus) -> CorpusScheme | None:
    return CorpusScheme.objects.filter(corpus=corpus).select_related("scheme").defer("scheme__body").first()


def choose_scheme(corpus: Corpus, scheme: Scheme | None, by: User, move: Move | None = None) -> bool:
    """New assignments are annotated under `scheme`; None: under the newest in use. False where that is so already. Without a scheme
    change, `move`, raises EditError for a version that lacks codes in use."""
    locked = lock_corpus(corpus, by)
    chosen = chosen_scheme(locked)
    if (chosen and chosen.scheme) == scheme:
        return False
    if scheme and scheme.corpus_id not in (None, locked.pk):
        raise EditError("There is no such version of a scheme.")
    if move is None:
        check_adoption(locked, scheme)
    if scheme:
        CorpusScheme.objects.update_or_create(corpus=locked, defaults={"scheme": scheme})
    else:
        CorpusScheme.objects.filter(corpus=locked).delete()
    before, after = ({"scheme": str(each) if each else "newest in use"} for each in (chosen and chosen.scheme, scheme))
    record(locked, Edit.Kind.CORPUS, locked, before, after, by)
    return True


def check_adoption(corpus: Corpus, scheme: Scheme | None) -> None:
    """Raises EditError where readings under the present version use codes that the new one lacks, and no scheme change has mapped them."""
    target = scheme or newest()
    try:
        present = scheme_for(corpus)
    except NoScheme:
        return
    if target is None or target == present:
        return
    done = Move.objects.filter(corpus=corpus, source=present, target=target, state=Move.State.DONE)
    mapping = CodeMapping([row for move in done for row in CodeMapping.of(move.mapping).rows])
    uses = Uses(Assignment.objects.filter(document__corpus=corpus, scheme=present), present)
    if missing := uses.missing(mapping, compiled(target).view):
        codes = ", ".join(code.code for code in list(missing)[:SHOWN])
        raise EditError(f"{target} has no {codes}, which readings of this corpus use. Map each under “Scheme” first.")

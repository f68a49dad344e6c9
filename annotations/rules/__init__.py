"""The checks of the scheme (scheme.md, section 12), each a function named by its code.

WRITE refuses what contradicts itself; what is only incomplete may be stored and is found by
CHECKS (one object) and WHOLE (the whole assignment) before an assignment is submitted.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from annotations.native.view import Context, NativeContext, Object
from annotations.rules import actors, claims, contradictions, events, figures, lists, reported, spans, unanswered, vocabulary
from annotations.rules.finding import Finding, Rule, WholeRule, name_of
from corpus.budget import go_on

__all__ = [
    "CHECKS",
    "WHOLE",
    "WRITE",
    "Context",
    "Finding",
    "NativeContext",
    "refuse",
    "run_checks",
]

# The first rule of a kind says whether the scheme has the words; the others rely on it.
WRITE: dict[str, tuple[Rule, ...]] = {
    "span": (
        vocabulary.span,
        spans.span_01,
        spans.span_02_space,
        spans.span_06_order,
        spans.span_06_sentence,
        actors.act_01_type,
        figures.fig_01,
        figures.fig_02_known,
        figures.fig_03,
        events.evt_01_trigger,
    ),
    "event": (
        vocabulary.event,
        events.evt_02_fillers,
        events.evt_03,
        events.evt_06,
        events.evt_06_words,
    ),
    "claim": (
        vocabulary.claim,
        spans.span_01,
        spans.span_02_space,
        spans.span_06_order,
        claims.att_01,
        claims.att_02,
    ),
    "citation": (
        vocabulary.citation,
        spans.span_01,
        spans.span_02_space,
        spans.span_06_order,
        spans.span_06_sentence,
    ),
    "link": (vocabulary.link,),
    "outcome": (vocabulary.outcome, spans.span_01, spans.span_02_space, spans.span_06_order),
    "entity": (vocabulary.entity, lists.lst_02),
    "relation": (vocabulary.relation,),
}

CHECKS: dict[str, tuple[Rule, ...]] = {
    "span": (
        *WRITE["span"],
        spans.span_02_cut,
        spans.span_03,
        contradictions.span_03_hedge,
        spans.span_04,
        actors.act_01_entity,
        unanswered.act_01_open,
        actors.act_03,
        figures.fig_01_empty,
        figures.fig_02_complete,
        figures.fig_02_range,
        figures.fig_02_basis,
        figures.fig_02_stranger,
        unanswered.fig_02_open,
        contradictions.fig_07,
    ),
    "event": (
        *WRITE["event"],
        unanswered.evt_07,
        events.evt_02_minimum,
        events.evt_04,
        events.evt_05,
    ),
    "claim": (*WRITE["claim"], claims.att_02_open, claims.att_02_mention, claims.att_03, claims.att_04, unanswered.att_05),
    "citation": (*WRITE["citation"], spans.span_02_cut, spans.span_04, claims.mea_01, unanswered.mea_01_open),
    "link": WRITE["link"],
    "relation": WRITE["relation"],
}

WHOLE: tuple[WholeRule, ...] = (
    spans.span_05,
    actors.act_02,
    figures.fig_04,
    figures.fig_05,
    figures.fig_06,
    events.evt_01_untriggered,
    reported.att_06,
)


def refuse(kind: str, record: Object, context: Context) -> list[Finding]:
    """Why an object cannot be written. A kind that is not in WRITE has no rules."""
    breaches = run(WRITE[kind], record, context) if kind in WRITE else []
    return [finding for finding in breaches if finding.level == "error"] if breaches else breaches


def run_checks(context: Context, *, errors_only: bool = False, of: Container[str] | None = None) -> list[Finding]:
    """Everything that is wrong or doubtful in an assignment, object by object, then as a whole. `errors_only`: what is wrong, without
    the rules that would only warn and take long, since they read words. `of`: ids of objects; only these are looked at, and not the whole."""
    iterables = {
        "span": context.spans,
        "event": context.events,
        "claim": context.claims,
        "citation": context.citations,
        "link": context.links,
        "relation": context.relations,
    }
    breaches: list[Finding] = []
    for kind, records in iterables.items():
        rules = refusing(CHECKS[kind], context) if errors_only else CHECKS[kind]
        for record in records():
            if of is not None and name_of(record) not in of:
                continue
            breaches.extend(run(rules, record, context))
    if of is None and not any(finding.code == vocabulary.CODE for finding in breaches):
        breaches += [finding for rule in WHOLE for finding in rule(context)]
    return [finding for finding in breaches if finding.level == "error"] if errors_only else breaches


def refusing(rules: tuple[Rule, ...], context: Context) -> tuple[Rule, ...]:
    """Without those that find no error under the scheme."""
    reads = context.scheme.constraints.get("FIG-07", "error") == "error"
    warn = (figures.fig_02_stranger, contradictions.span_03_hedge, *(() if reads else (contradictions.fig_07,)))
    return tuple(rule for rule in rules if rule not in warn)


def run(rules: tuple[Rule, ...], record: Object, context: Context) -> list[Finding]:
    """Without the words being known, the other rules would not know what to look for."""
    go_on()
    breaches = list(rules[0](record, context))
    if not breaches:
        kind = context.scheme.kind(record["layer"]) if record.get("layer") else ""
        for rule in others(rules, kind, plain=spans.is_plain(record, context)):
            breaches.extend(rule(record, context))
    return breaches


# Rules that have nothing to say of marks of another kind.
OF_KIND: dict[Rule, str] = {
    actors.act_01_type: "actor",
    actors.act_01_entity: "actor",
    unanswered.act_01_open: "actor",
    figures.fig_01: "figure",
    figures.fig_01_empty: "figure",
    figures.fig_02_known: "figure",
    figures.fig_02_complete: "figure",
    figures.fig_02_range: "figure",
    figures.fig_02_basis: "figure",
    figures.fig_02_stranger: "figure",
    unanswered.fig_02_open: "figure",
    figures.fig_03: "figure",
    contradictions.fig_07: "figure",
    contradictions.span_03_hedge: "figure",
}


@cache
def others(rules: tuple[Rule, ...], kind: str, *, plain: bool) -> tuple[Rule, ...]:
    """All but the first, without those of marks of another kind; of a plain object also without those of its place, which would have
    nothing to say."""
    ours = [rule for rule in rules[1:] if OF_KIND.get(rule, kind) == kind]
    return tuple(rule for rule in ours if not plain or rule not in spans.OF_PLACE)

"""What a figure is used as, where the words around it say another thing than a count: a cap, a quota, the N of "for every N".

Only what governs the number counts: *broke the ceiling of 500,000 barrels* is a limit, *700,000 barrels, above the ceiling* is none, and
*no more than 20 were seen* is a count. A person takes what is offered; nothing is stored by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from annotations.figures.touching import lowered

BASIS, LIMIT = "basis", "limit"
REACH = 90
END = re.compile(r"[.!?]\s|[。！？\n]")
NUMBER = re.compile(
    r"(?i)\d|[一二三四五六七八九十百千万两兩]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b"
)
MONEY = re.compile(r"(?:(?:\b(?:us|hk))?[$€£¥₩]|\b(?:usd|eur|cny|rmb|krw|kpw))\s?$")

AIM = "cap|ceiling|limit|quota|target|goal|threshold|allowance|allotment|upper bound"
SMALL = r"(?:the|an?|its|their|his|this|that|before|after|under|of|in|on|above|below|over|to|by|as|and|or|but|when|while|with|for|from|at)\b"
BOUND = r"no more than|not more than|up to|at most|a maximum of|only"
MAY = r"(?:may|must|shall|can|could|should|is to|are to|is allowed to|are allowed to|is permitted to|are permitted to)"
NEAR = r"[^,;:\d]{0,40}?"
PERIODS = r"(?:(?:an? |the )?(?:annual|yearly|monthly|quarterly|total|combined|aggregate|overall|some|about) )*"
KO_AIM = "상한선|상한|한도액|한도|쿼터|할당량|할당액|할당|정원|목표치|목표액|목표량|목표"
ZH_AIM = "上限|限额|限額|配额|配額|定额|定額|名额|名額|指标|指標|目标|目標"

# (use, the words before the number, the words behind the figure); the group `cue` holds those that say it.
PATTERNS = [
    (BASIS, r"(?P<cue>\b(?:for|out of|of|in) (?:each|every)(?: additional)?) $", ""),
    (BASIS, r"(?P<cue>\bper) $", ""),
    (LIMIT, rf"(?P<cue>\b(?:{AIM})s?)(?: [a-z]+)? (?:of|at|to|is|was|are|were|be) {PERIODS}$", ""),
    (LIMIT, rf"(?P<cue>\b(?:capped|limited|restricted|targeted|limits?|restricts?|caps?)\b){NEAR}\b(?:at|to) {PERIODS}$", ""),
    (LIMIT, rf"(?P<cue>\bmaximum (?:\w+ )?(?:allowed|permitted)\b){NEAR}(?:is|was|of|at|:) $", ""),
    (LIMIT, rf"(?P<cue>\b{MAY} (?:not|never) (?:exceed|surpass|be more than)) {PERIODS}$", ""),
    (LIMIT, rf"(?P<cue>\bcannot exceed|\bnot to exceed) {PERIODS}$", ""),
    (LIMIT, rf"(?P<cue>\b{MAY}\b{NEAR}\b(?:{BOUND})) $", ""),
    (LIMIT, r"(?P<cue>\b(?:must|shall)\b[^;:\d]{0,60}?\bwithin) $", ""),
    (
        LIMIT,
        r"(?P<cue>\b(?:plan|plans|target|order|orders)\b,?(?: which| that)? (?:calls?|called|provides?|provided) for) $",
        "",
    ),
    (LIMIT, rf"\b(?:{BOUND}) $", r"^(?: [a-z]+){0,3} (?P<cue>(?:is|are|was|were) (?:allowed|permitted))\b"),
    (LIMIT, "", rf"^(?:[ -](?!{SMALL})[a-z]+){{0,2}}[ -](?P<cue>{AIM})\b"),
    (
        LIMIT,
        rf"(?P<cue>{KO_AIM})\S{{0,2}}\s(?:(?:연간|매년|연|월|매월|분기당)\s)?$",
        r"^\S{0,2}\s?(?:정|설정|책정|잡|제한|규정|두|$|\.|이다|이었|입니다)",
    ),
    (LIMIT, "", rf"^(?:의)?\s?(?P<cue>{KO_AIM})"),
    (LIMIT, "", r"^(?:까지|이하로|이내로|으로|로)(?:만)?\s?(?P<cue>허용|제한|한정|허가)"),
    (LIMIT, "", r"^\S{0,2}\s?(?P<cue>(?:초과할|넘을) 수 없|초과해서는|초과하지 못|넘지 못하도록|넘어서는 안)"),
    (BASIS, "", r"^\s?(?P<cue>당|마다)(?=\s|$)"),
    (LIMIT, rf"(?P<cue>{ZH_AIM})[^，。；,\d超]{{0,6}}?(?:为|為|是|定在|设在|至|于|於|：)?(?:每年|每月|一年|每季度?)?$", ""),
    (LIMIT, r"(?P<cue>(?:不得|不能|不可|不准|不应)(?:超过|超過|多于|多於|高于|高於)|限制在|限于|限於)$", ""),
    (LIMIT, r"(?P<cue>(?:允许|允許|准许|获准|可)[^，。；\d]{0,6})$", ""),
    (LIMIT, "", rf"^的?(?P<cue>{ZH_AIM})"),
    (BASIS, r"(?P<cue>每)$", r"^(?!年|月|天|日|周|季)"),
]
COMPILED = [(use, re.compile(before), re.compile(behind)) for use, before, behind in PATTERNS]


class WordedUse(NamedTuple):
    """`words`: those that say it, as (start, end) in code points of the text."""

    value: str
    words: tuple[int, int]


def worded_use(text: str, fragments: Sequence[Mapping[str, Any]]) -> WordedUse | None:
    """None where the words around a figure say nothing but the number."""
    start, end = number_at(text, fragments[0]), fragments[-1]["end"]
    left, right = lowered(text[max(start - REACH, 0) : start]), lowered(text[end : end + REACH])
    begin = max((match.end() for match in END.finditer(left)), default=0)
    before = MONEY.sub("", left[begin:])
    behind = END.split(right, maxsplit=1)[0]
    for use, ahead, after in COMPILED:
        one, other = ahead.search(before), after.search(behind)
        if one and other:
            of, offset = (one, start - len(left) + begin) if "cue" in ahead.groupindex else (other, end)
            return WordedUse(use, (offset + of.start("cue"), offset + of.end("cue")))
    return None


def number_at(text: str, fragment: Mapping[str, Any]) -> int:
    """Where the number begins: a mark may have "no more than" before it."""
    number = NUMBER.search(text, fragment["start"], fragment["end"])
    return number.start() if number else int(fragment["start"])

"""English as far as verb groups need it: auxiliaries, words between them, irregular verbs. What a cue means is the scheme's."""

from __future__ import annotations

BE = frozenset("be am is are was were been being 're".split())
PRESENT_BE = frozenset(("am", "is", "are", "'re"))
PAST_BE = frozenset(("was", "were"))
HAVE = frozenset("have has had having 've".split())
DO = frozenset(("do", "does", "did"))
GET = frozenset("get gets got gotten getting".split())
MODALS = frozenset("will would shall should must may might can could ought 'll 'd wo ca".split())
FINITE = (BE | HAVE | DO | MODALS) - {"be", "been", "being", "having"}

DETERMINERS = frozenset(
    "the a an this that these those some any all many several most each every its his her their our my your no another such both "
    "more fewer less at least nearly about around up to some".split()
) - {"to", "at", "up", "that", "about", "around", "nearly", "least"}
PRONOUNS = frozenset("i you he she it we they who which that there".split())
OBJECTS = frozenset("me him her it us them itself themselves himself herself".split())
# "Sent home all of its workers": between a verb and its object. None of them is a preposition as well ("sold off the coast").
PARTICLES = frozenset("home back away".split())
PREPOSITIONS = frozenset(
    "of in on at by for with from to into onto over under between among against about during through without within toward towards "
    "despite amid via per since than like as".split()
)
COORDINATORS = frozenset(("and", "or", "nor", "but", "then"))
# Where a clause ends; a cue beyond reaches it only as a row of the scheme says.
BREAKS = frozenset(
    "but while whereas although though because since when whenever once after before until till if unless whether that which who whom "
    "whose where provided so".split()
)
STOPS = frozenset((",", ";", ":", "(", ")", "—", "–", "“", "”", '"', "«", "»", "..."))
SILENT_STOPS = frozenset((";", ":", "(", ")", "—", "–"))
# "He said workers returned": what follows is a clause of its own.
REPORTING = frozenset(
    "say says said saying report reports reported add adds added announce announced confirm confirmed state stated note noted claim "
    "claimed claims show shows showed learn learned know knew believe believes believed think thinks thought write wrote explain "
    "explained reveal revealed means meant".split()
)
FUTURE = frozenset("tomorrow soon shortly next later".split())
ADVERBS = frozenset(
    "also already still just soon now then even only later ever always often never once again yet first instead therefore thus "
    "finally meanwhile sometimes seldom rather quite almost nearly perhaps maybe reportedly together both either since long far "
    "further abroad prematurely to-date today".split()
) - {"since", "abroad", "far", "long", "then"}
NOT_ADVERBS = frozenset("family supply reply apply july italy rely comply imply multiply fly ally assembly monopoly only".split())
NUMERALS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands millions half".split()
)
# "Is devastating" says how it is, "is devastating the economy" what happens.
ADJECTIVES = frozenset(
    "alarming crippling damaging devastating disappointing encouraging existing lacking lasting misleading missing outstanding pending "
    "remaining surprising threatening worrying".split()
)
# Pasts of verbs without a passive: "workers returned to the North" is a sentence, "workers sent to the North" a part of one.
INTRANSITIVE = frozenset(
    "advanced agreed appeared appreciated arrived climbed collapsed complied continued crashed crumbled declined defected departed "
    "depreciated died dipped disappeared docked dropped edged emerged escaped expired failed gained happened inched increased jumped "
    "lapsed lived lost marched migrated moved occurred participated plunged rallied rebounded recovered remained resigned responded "
    "retired returned sailed slipped slumped soared stabilised stabilized strengthened stumbled succeeded suffered surged travelled "
    "traveled tumbled vanished weakened worked worsened".split()
)
# With "to" behind them their subject acts: "the consulate refused to extend".
WILLING = frozenset(
    "agreed attempted began continued declined decided failed hoped managed neglected offered opted planned pledged proceeded promised "
    "refused resolved sought started threatened tried voted vowed wanted wished".split()
)
TIMES = frozenset("day week month quarter year time morning afternoon evening night weekend spring summer autumn winter".split())
# A present that no auxiliary shows.
PRESENTS = frozenset(
    "goes remains costs says comes makes takes needs seems includes amounts lies stands means shows faces continues begins "
    "refuses fails keeps starts wants seeks intends expects".split()
)
TITLES = frozenset(
    "mr mrs ms dr gen col lt maj capt sgt sen rep gov prof st messrs adm amb hon no nos vs jan feb mar apr aug sept oct nov dec".split()
)
ABBREVIATIONS = frozenset("co ltd inc corp bros approx est dept al etc".split())

# Base, past, participle.
IRREGULAR = tuple(
    tuple(form.split("/") for form in entry.split())
    for entry in (
        "arise arose arisen|be was/were been|bear bore borne|beat beat beaten|become became become|begin began begun|bind bound bound|"
        "bite bit bitten|blow blew blown|break broke broken|bring brought brought|build built built|buy bought bought|"
        "catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|do did done|"
        "draw drew drawn|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|"
        "find found found|flee fled fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|"
        "get got got/gotten|give gave given|go went gone|grow grew grown|have had had|hear heard heard|hide hid hidden|hit hit hit|"
        "hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|"
        "let let let|lie lay lain|light lit lit|lose lost lost|make made made|mean meant meant|meet met met|pay paid paid|"
        "put put put|quit quit quit|read read read|rebuild rebuilt rebuilt|repay repaid repaid|rise rose risen|run ran run|"
        "say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|resend resent resent|set set set|"
        "shake shook shaken|shed shed shed|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sink sank sunk|"
        "sit sat sat|slide slid slid|speak spoke spoken|spend spent spent|split split split|spread spread spread|stand stood stood|"
        "steal stole stolen|strike struck struck|swear swore sworn|sweep swept swept|take took taken|undertake undertook undertaken|"
        "overtake overtook overtaken|teach taught taught|tell told told|think thought thought|throw threw thrown|"
        "understand understood understood|undergo underwent undergone|win won won|withdraw withdrew withdrawn|"
        "withhold withheld withheld|write wrote written|forgo forwent forgone|oversee oversaw overseen|resell resold resold|"
        "undo undid undone|bid bid bid|slash slashed slashed|bet bet bet|burst burst burst|sanction sanctioned sanctioned"
    ).split("|")
)

"""Three invented articles, and what one who reads them marks: words, which of them, keys of the label, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Piece:
    text: str
    actors: list[tuple[str, int, str, str]]  # words, which of them, keys of the label, whom they mean
    figures: list[tuple[str, int, str]]
    events: list[tuple[str, int, str, list[tuple[str, str, int]]]]  # who fills which role
    claims: list[tuple[str, int, str]]  # a word of the claim; who says it
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # what the words say of an event; all else they leave open

    @property
    def marks(self) -> int:
        return len(self.actors) + len(self.figures) + len(self.events)


# The page was made better with this one in view …
TRANSFERS = Piece(
    text=(
        "The tanker Haeryong 7 transferred 1,500 tonnes of diesel to the Saebyol in the East China Sea on March 2, 2018, a coast "
        "guard official said.\n\n"
        "Hanbit Shipping sold the fuel at $620 per tonne, the official said. A trader in Ulsan paid $930,000 to Hanbit Shipping, "
        "according to a port agent.\n\n"
        "The Haeryong 7 met the Saebyol again on March 9, 2018. The Haeryong 7 delivered 800 tonnes of fuel oil to the Saebyol, "
        "the agent told reporters. Hanbit Shipping denied that it owned the Saebyol.\n\n"
        "The Saebyol received 2,000 tonnes of gasoline from the Chongun on April 1, 2018, a navy spokesman said. A committee of "
        "the Security Council listed the Chongun in June 2018."
    ),
    actors=[
        ("Haeryong 7", 0, "av", "Haeryong 7"),
        ("Saebyol", 0, "av", "Saebyol"),
        ("East China Sea", 0, "at", "East China Sea"),
        ("coast guard official", 0, "ap", "official"),
        ("Hanbit Shipping", 0, "ac", "Hanbit Shipping"),
        ("official", 1, "ap", "official"),
        ("trader", 0, "ac", "trader"),
        ("Ulsan", 0, "at", "Ulsan"),
        ("Hanbit Shipping", 1, "ac", "Hanbit Shipping"),
        ("port agent", 0, "ap", "agent"),
        ("Haeryong 7", 2, "av", "Haeryong 7"),
        ("Saebyol", 2, "av", "Saebyol"),
        ("agent", 1, "ap", "agent"),
        ("Hanbit Shipping", 2, "ac", "Hanbit Shipping"),
        ("Saebyol", 3, "av", "Saebyol"),
        ("Saebyol", 4, "av", "Saebyol"),
        ("Chongun", 0, "av", "Chongun"),
        ("navy spokesman", 0, "ap", "spokesman"),
        ("committee", 0, "ai", "committee"),
        ("Chongun", 1, "av", "Chongun"),
    ],
    figures=[
        ("1,500 tonnes", 0, "fq"),
        ("$620 per tonne", 0, "fm"),
        ("$930,000", 0, "fm"),
        ("800 tonnes", 0, "fq"),
        ("2,000 tonnes", 0, "fq"),
    ],
    events=[
        ("transferred", 0, "eh", [("vessel", "Haeryong 7", 0), ("quantity", "1,500 tonnes", 0), ("taker", "Saebyol", 0)]),
        ("sold", 0, "et", [("seller", "Hanbit Shipping", 0), ("price", "$620 per tonne", 0)]),
        ("paid", 0, "em", [("payer", "trader", 0), ("amount", "$930,000", 0), ("recipient", "Hanbit Shipping", 1)]),
        ("delivered", 0, "eh", [("vessel", "Haeryong 7", 2), ("quantity", "800 tonnes", 0), ("taker", "Saebyol", 2)]),
        ("owned", 0, "eo", [("owned", "Saebyol", 3), ("owner", "Hanbit Shipping", 2)]),
        ("received", 0, "eh", [("vessel", "Saebyol", 4), ("quantity", "2,000 tonnes", 0), ("giver", "Chongun", 0)]),
        ("listed", 0, "el", [("authority", "committee", 0), ("target", "Chongun", 1)]),
    ],
    claims=[
        ("transferred", 0, "coast guard official"),
        ("sold", 0, "official"),
        ("paid", 0, "port agent"),
        ("delivered", 0, "agent"),
        ("owned", 0, "Hanbit Shipping"),
        ("received", 0, "navy spokesman"),
    ],
    values={
        "transferred": {"mode": "sts"},
        "paid": {"payment_type": "other"},
        "delivered": {"mode": "sts"},
        "owned": {"phase": "holds"},
        "received": {"mode": "sts"},
        "listed": {"action": "list"},
    },
)

# … and this one was written before and looked at with nothing in view but the numbers.
WORKERS = Piece(
    text=(
        "A garment plant in Hunchun hired 40 North Korean seamstresses in May 2019, a recruiter told the Tumen Daily.\n\n"
        "Jilin Orient Trading paid 2,300 yuan per month to the seamstresses, the recruiter said. In January 2020 the commerce "
        "ministry ordered Jilin Orient Trading to leave the city, according to two former employees.\n\n"
        "The garment plant sent home 25 seamstresses, a border officer said. Jilin Orient Trading bought 300 tonnes of coal "
        "from Rason Mining in March 2020, the officer told reporters. Customs seized 90 tonnes of the coal in Dandong in June "
        "2020, a lawyer for Rason Mining said."
    ),
    actors=[
        ("garment plant", 0, "ac", "Garment plant"),
        ("Hunchun", 0, "at", "Hunchun"),
        ("North Korean seamstresses", 0, "ag", "seamstresses"),
        ("recruiter", 0, "ap", "recruiter"),
        ("Tumen Daily", 0, "am", "Tumen Daily"),
        ("Jilin Orient Trading", 0, "ac", "Jilin Orient Trading"),
        ("seamstresses", 1, "ag", "seamstresses"),
        ("recruiter", 1, "ap", "recruiter"),
        ("commerce ministry", 0, "as", "ministry"),
        ("Jilin Orient Trading", 1, "ac", "Jilin Orient Trading"),
        ("former employees", 0, "ag", "employees"),
        ("garment plant", 1, "ac", "Garment plant"),
        ("seamstresses", 2, "ag", "seamstresses"),
        ("border officer", 0, "ap", "officer"),
        ("Jilin Orient Trading", 2, "ac", "Jilin Orient Trading"),
        ("Rason Mining", 0, "ac", "Rason Mining"),
        ("officer", 1, "ap", "officer"),
        ("Customs", 0, "as", "Customs"),
        ("Dandong", 0, "at", "Dandong"),
        ("lawyer", 0, "ap", "lawyer"),
        ("Rason Mining", 1, "ac", "Rason Mining"),
    ],
    figures=[
        ("40", 0, "fp"),
        ("2,300 yuan per month", 0, "fm"),
        ("25", 0, "fp"),
        ("300 tonnes", 0, "fq"),
        ("90 tonnes", 0, "fq"),
    ],
    events=[
        ("hired", 0, "ew", [("employer", "garment plant", 0), ("worker", "North Korean seamstresses", 0), ("count", "40", 0)]),
        (
            "paid",
            0,
            "em",
            [("payer", "Jilin Orient Trading", 0), ("amount", "2,300 yuan per month", 0), ("recipient", "seamstresses", 1)],
        ),
        ("ordered", 0, "ed", [("issuer", "commerce ministry", 0), ("addressee", "Jilin Orient Trading", 1)]),
        ("sent home", 0, "er", [("agent", "garment plant", 1), ("people", "seamstresses", 2), ("count", "25", 0)]),
        (
            "bought",
            0,
            "et",
            [("buyer", "Jilin Orient Trading", 2), ("quantity", "300 tonnes", 0), ("seller", "Rason Mining", 0)],
        ),
        ("seized", 0, "ex", [("authority", "Customs", 0)]),
    ],
    claims=[
        ("hired", 0, "recruiter"),
        ("paid", 0, "recruiter"),
        ("ordered", 0, "former employees"),
        ("sent home", 0, "border officer"),
        ("bought", 0, "officer"),
        ("seized", 0, "lawyer"),
    ],
    values={
        "hired": {"phase": "start"},
        "paid": {"payment_type": "wage"},
        "ordered": {"force": "order"},
        "seized": {"action": "seize"},
    },
)
# Written after all word lists, and never looked at to make one longer.
KOREAN = Piece(
    text=(
        "두만강무역은 지난해 5월 훈춘의 봉제공장에 북한 노동자 120명을 파견했다고 현지 소식통이 전했다.\n\n"
        "봉제공장은 노동자들에게 매달 2,500위안의 임금을 지급했다고 한 관리자가 밝혔다.\n\n"
        "두만강무역은 올해 3월 석탄 400톤을 청진에서 수출했다고 세관 당국자가 말했다. 해경은 6월 금강호를 억류했다."
    ),
    actors=[
        ("두만강무역", 0, "ac", "두만강무역"),
        ("훈춘", 0, "at", "훈춘"),
        ("봉제공장", 0, "ac", "봉제공장"),
        ("북한 노동자", 0, "ag", "노동자"),
        ("소식통", 0, "ap", "소식통"),
        ("봉제공장", 1, "ac", "봉제공장"),
        ("노동자들", 0, "ag", "노동자"),
        ("관리자", 0, "ap", "관리자"),
        ("두만강무역", 1, "ac", "두만강무역"),
        ("청진", 0, "at", "청진"),
        ("당국자", 0, "ap", "당국자"),
        ("해경", 0, "as", "해경"),
        ("금강호", 0, "av", "금강호"),
    ],
    figures=[("120명", 0, "fp"), ("2,500위안", 0, "fm"), ("400톤", 0, "fq")],
    events=[
        ("파견했다", 0, "es", [("sender", "두만강무역", 0), ("people", "북한 노동자", 0), ("count", "120명", 0)]),
        ("지급했다", 0, "em", [("payer", "봉제공장", 1), ("amount", "2,500위안", 0), ("recipient", "노동자들", 0)]),
        ("수출했다", 0, "et", [("seller", "두만강무역", 1), ("quantity", "400톤", 0)]),
        ("억류했다", 0, "ex", [("authority", "해경", 0), ("subject", "금강호", 0)]),
    ],
    claims=[("파견했다", 0, "소식통"), ("지급했다", 0, "관리자"), ("수출했다", 0, "당국자")],
    values={"지급했다": {"payment_type": "wage"}, "억류했다": {"action": "seize"}},
)
PIECES = {"transfers": TRANSFERS, "workers": WORKERS, "korean": KOREAN}

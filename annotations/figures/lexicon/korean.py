"""Korean."""

from decimal import Decimal

from annotations.figures.lexicon.shape import MINUTE, Lexicon, units

# "5보다 크다", "5보다 크거나 같다", "5이거나 그보다 크다": larger and smaller in their stems.
LARGER, SMALLER = ("크", "높", "많"), ("작", "낮", "적")
THAN, OR_THAN = (
    ("보다 ", "보다는 "),
    ("거나 그보다 ", "또는 그보다 ", "혹은 그보다 ", "같거나 그보다 ", "이거나 그보다 ", "과 같거나 그보다 "),
)
AS_WELL = ("거나 같", "거나 그와 같")


def than(stems: tuple[str, ...], *, equal: bool) -> tuple[str, ...]:
    if not equal:
        return tuple(f"{before}{stem}" for before in THAN for stem in stems)
    also = [f"{before}{stem}{after}" for before in THAN for stem in stems for after in AS_WELL]
    return (*also, *(f"{before}{stem}" for before in OR_THAN for stem in stems))


LEXICON = Lexicon(
    comparators={
        "gt": ("초과", "이 넘는", "이 넘", "가 넘는", "넘는", "넘게", "넘었", "넘은", *than(LARGER, equal=False)),
        "ge": ("이상", "최소", "적어도", "혹은 그 이상", "또는 그 이상", *than(LARGER, equal=True)),
        "lt": ("미만", "못 미치는", *than(SMALLER, equal=False)),
        "le": ("이하", "이내", "최대", "최고", "에 달하는", "까지", *than(SMALLER, equal=True)),
    },
    approximate=("약", "대략", "가량", "정도", "쯤", "내외", "안팎"),
    statistics={"mean": ("평균",), "median": ("중앙값",), "total": ("총", "모두", "합계", "도합")},
    periods={
        "P1D": ("매일", "하루에", "하루", "일당"),
        "P1W": ("매주",),
        "P1M": ("매달", "매월", "한 달에", "한달에", "월평균", "월"),
        "P1Y": ("매년", "연간", "해마다", "한 해"),
    },
    units=units(
        ("h", 1, "시간"),
        ("h", MINUTE, "분"),
        ("d", 1, "일간 일"),
        ("wk", 1, "주일 주간 주"),
        ("mo", 1, "개월 달"),
        ("a", 1, "년간 년"),
        ("kg", 1, "킬로그램 킬로"),
        ("t", 1, "톤"),
        ("L", 1, "리터"),
        ("km", 1, "킬로미터"),
        ("m", 1, "미터"),
        ("[bbl_us]", 1, "배럴"),
        ("har", 1, "헥타르"),
    ),
    people=("명", "인", "사람"),
    items=("척", "대", "개", "건", "곳", "장"),
    occasions=("번", "차례", "회"),
    currencies={
        "위안": ("CNY", True), "위안화": ("CNY", True), "중국 위안": ("CNY", True), "인민폐": ("CNY", True), "원": ("KRW", False),
        "북한 원": ("KPW", True), "북한돈": ("KPW", True), "북한 돈": ("KPW", True),
         "한국 원": ("KRW", True), "한국돈": ("KRW", True), "한국 돈": ("KRW", True),
        "달러": ("USD", False), "미국 달러": ("USD", True), "엔": ("JPY", True), "유로": ("EUR", True),
        "루블": ("RUB", True), "파운드": ("GBP", False), "스위스 프랑": ("CHF", True),
        "캐나다 달러": ("CAD", True), "호주 달러": ("AUD", True), "홍콩 달러": ("HKD", True), "싱가포르 달러": ("SGD", True),
    },
    shared={"원": ("KPW", "KRW")},
    coins={"센트": 100, "펜스": 100, "마오": 10},
    percent=("퍼센트", "퍼센티지", "프로", "퍼센트포인트", "%포인트"),
    fractions={"절반": Decimal(50), "반": Decimal(50), "과반": Decimal(50)},
    vague={
        "수십만": ("hundreds of thousands", 1), "수만": ("tens of thousands", 1),
        "수천": ("thousands", 1), "수백": ("hundreds", 1), "수십": ("tens of thousands", 1000),
    },
    ranges=("에서", "내지"),
    references=("결의", "제"),
)  # fmt: skip

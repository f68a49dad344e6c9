"""Korean."""

from decimal import Decimal

from annotations.figures.lexicon.shape import Lexicon, units

LEXICON = Lexicon(
    comparators={
        "gt": ("초과", "넘는", "넘게"),
        "ge": ("이상", "최소", "적어도"),
        "lt": ("미만", "못 미치는"),
        "le": ("이하", "이내", "최대", "최고"),
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
        "위안": ("CNY", True), "위안화": ("CNY", True), "인민폐": ("CNY", True), "원": ("KRW", False),
        "북한 원": ("KPW", True), "북한돈": ("KPW", True), "한국 원": ("KRW", True), "한국돈": ("KRW", True),
        "달러": ("USD", False), "미국 달러": ("USD", True), "엔": ("JPY", True), "유로": ("EUR", True),
        "루블": ("RUB", True),
    },
    percent=("퍼센트", "프로"),
    fractions={"절반": Decimal(50), "반": Decimal(50), "과반": Decimal(50)},
    vague={
        "수십만": ("hundreds of thousands", 1), "수만": ("tens of thousands", 1),
        "수천": ("thousands", 1), "수백": ("hundreds", 1), "수십": ("tens of thousands", 1000),
    },
    ranges=("에서", "내지"),
    references=("결의", "제"),
)  # fmt: skip

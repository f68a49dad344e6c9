"""Korean."""

from decimal import Decimal

from annotations.figures.lexicon.shape import MINUTE, Lexicon, units

# "5보다 크다", "5보다 크거나 같다", "5이거나 그보다 크다": larger and smaller in their stems.
LARGER, SMALLER = ("크", "큰", "클", "긴", "높", "많", "길", "늦"), ("작", "낮", "적", "짧")
THAN, OR_THAN = (
    ("보다 ", "보다는 "),
    ("거나 그보다 ", "또는 그보다 ", "혹은 그보다 ", "같거나 그보다 ", "이거나 그보다 ", "과 같거나 그보다 "),
)
AS_WELL = ("거나 같", "거나 그와 같")


def than(stems: tuple[str, ...], *, equal: bool) -> tuple[str, ...]:
    if not equal:
        return tuple(f"{before}{stem}" for before in THAN for stem in stems)
    also = [f"{before}{stem}{after}" for before in THAN for stem in stems for after in AS_WELL]
    also += [f"{before}같거나 {stem}" for before in ("과 ", "와 ", "") for stem in stems]
    return (*also, *(f"{before}{stem}" for before in OR_THAN for stem in stems))


def not_doing() -> tuple[str, ...]:
    """초과하지 않는, 넘지 못한다, 웃돌 수 없다: what follows a stem and turns it round."""
    verbs = [
        f"{stem}지{particle}{space}{no}"
        for stem in ("", "하", "되")
        for particle in ("", "는", "도")
        for space in (" ", "")
        for no in "않 못 아니".split()
    ]
    musts = [
        f"{ending}{space}안"
        for ending in ("해서는", "어서는", "서는", "는", "해선", "어선", "선", "으면", "하면", "면")
        for space in (" ", "")
    ]
    return (
        *verbs,
        *musts,
        *(f"{ending}{space}수{blank}없" for ending in ("", "할", "될", "을") for space in (" ", "") for blank in (" ", "")),
    )


LEXICON = Lexicon(
    comparators={
        "gt": ("남짓",),
        "ge": ("이상", "적게는", "적게 잡아도", "줄잡아", "하한", "최소", "최소한", "적어도", "못해도", "혹은 그 이상", "또는 그 이상", *than(LARGER, equal=True)),
        "lt": ("못 미치", "못 미쳤", "못 미친", "못미친", "못미치", "못미쳤", "미치지 못", "채 안 되", "채 안되", "채 되지 않", "안 되는", "안되는"),
        "le": ("이하", "많게는", "상한", "이내", "최대", "최장", "최고", "최다", "많아야", "기껏해야", "에 달하는", "까지", *than(SMALLER, equal=True)),
    },
    over=("초과", "넘", "넘어서", "넘어섰", "뛰어넘", "웃돌", "웃도", "상회", "돌파", *than(LARGER, equal=False)),
    under=("미만", "미달", "밑돌", "밑도", "하회", "아래", "밑", "아래로 떨어지", "밑으로 떨어지", *than(SMALLER, equal=False)),
    negations_behind=not_doing(),
    negative_signs=("않", "못", "없", "아니"),
    approximate=("으로 추산", "로 추산", "추산", "으로 추정", "로 추정", "추정", "어림잡아", "얼추", "거의", "에 육박", "육박", "에 가까운", "가까운", "에 가까이", "가까이", "에 근접", "수준", "약", "대략", "가량", "정도", "쯤", "내외", "안팎"),
    statistics={"mean": ("평균",), "median": ("중앙값",), "total": ("총", "모두", "합계", "도합")},
    periods={
        "PT1H": ("시간당", "시급"),
        "P1D": ("매일", "일평균", "하루 평균", "하루에", "하루당", "하루", "일당", "일급"),
        "P1W": ("매주",),
        "P1M": ("매달", "매월", "한 달에", "한달에", "1달에", "1 달에", "월평균", "월급", "월"),
        "P1Y": ("1년에", "1 년에", "매년", "연간", "연봉", "해마다", "한 해"),
    },
    units=units(
        ("h", 1, "시간"),
        ("h", MINUTE, "분"),
        ("d", 1, "일간 일"),
        ("wk", 1, "주일 주간 주"),
        ("mo", 1, "개월 달"),
        ("a", 1, "년간 년 살 세"),
        ("[nmi_i]", 1, "해리"),
        ("m2", 1, "제곱미터 평방미터"),
        ("m2", 10**6, "제곱킬로미터 평방킬로미터"),
        ("m3", 1, "세제곱미터 입방미터"),
        ("MW", 1, "메가와트"),
        ("MW", 1000, "기가와트"),
        ("MW", "0.001", "킬로와트"),
        ("W.h", 1000, "킬로와트시"),
        ("W.h", 10**6, "메가와트시"),
        ("kg", 1, "킬로그램 킬로"),
        ("kg", "0.001", "그램 그람"),
        ("t", 1, "톤"),
        ("L", 1, "리터"),
        ("km", 1, "킬로미터"),
        ("m", 1, "미터"),
        ("[bbl_us]", 1, "배럴"),
        ("har", 1, "헥타르"),
        ("[acr_us]", 1, "에이커"),
        ("DWT", 1, "재화중량톤"),
    ),
    other_units=("노트", "피트", "인치", "야드", "온스", "캐럿", "마일", "갤런", "파운드무게", "근"),
    people=("명", "인", "사람"),
    items=("척", "대", "개", "건", "곳", "장"),
    occasions=("번", "차례", "회"),
    currencies={
        "위안": ("CNY", True), "위안화": ("CNY", True), "중국 위안": ("CNY", True), "인민폐": ("CNY", True), "북한 원화": ("KPW", True), "북한원화": ("KPW", True), "한국 원화": ("KRW", True), "중국 돈": ("CNY", True), "남한 원": ("KRW", True),
        "북한 원": ("KPW", True), "북한돈": ("KPW", True), "북한 돈": ("KPW", True),
        "한화": ("KRW", True), "한국 원": ("KRW", True), "한국돈": ("KRW", True), "한국 돈": ("KRW", True),
        "달러": ("USD", False), "불": ("USD", False), "미국 달러": ("USD", True), "엔": ("JPY", True), "유로": ("EUR", True),
        "디르함": ("AED", False), "리알": ("IRR", False), "링깃": ("MYR", True),
        "루블": ("RUB", True), "파운드": ("GBP", False), "스위스 프랑": ("CHF", True),
        "캐나다 달러": ("CAD", True), "호주 달러": ("AUD", True), "홍콩 달러": ("HKD", True), "싱가포르 달러": ("SGD", True),
    },
    shared={"원": ("KRW", "KPW"), "원화": ("KRW", "KPW")},
    coins={"센트": 100, "펜스": 100, "마오": 10},
    percent=("퍼센트", "퍼센티지", "프로", "퍼센트포인트", "%포인트"),
    fractions={"절반": Decimal(50), "반": Decimal(50), "과반": Decimal(50)},
    vague={
        "수억": ("hundreds of thousands", Decimal("0.001")), "수십억": ("tens of thousands", Decimal("0.000001")),
        "수백만": ("millions", 1), "수천만": ("tens of thousands", Decimal("0.001")), "수십만": ("hundreds of thousands", 1), "수만": ("tens of thousands", 1),
        "수천": ("thousands", 1), "수백": ("hundreds", 1), "수십": ("tens of thousands", 1000),
    },
    ranges=("에서", "부터", "에서부터", "내지"),
    references=("결의", "행정명령", "제", "번호"),
    # Counters, particles and stems of verbs that say what was done with so many.
    harmless=tuple(
        "마리 정 채 가구 세대 개사 개국 개소 종 편 발 기의 부 권 필 그루 가지 팀 쌍 벌 통 병 상자 포 자루 컨테이너 이나 이며 으로 로 의 은 는 이 가 을 를 에 에서 도 만 과 와 씩 여 "
        "증가 감소 늘 줄 하락 상승 오른 올랐 내린 내렸 수출 수입 판매 판 팔 고용 파견 보낸 보냈 받은 받 벌 지급 지불 거래 생산 운송 실은 실 싣 선적 하역 압수 몰수 체포 추방 "
        "사망 부상 제재 등재 지정 구입 구매 투자 송금 있는 있다 일하는 근무 체류 인상 인하 기록 도착 출항 입항 북한".split()
    ),
    degrees=("보다", "만큼", "꼴", "배", "비율", "짜리", "급", "대비", "정확히", "불구"),
)  # fmt: skip

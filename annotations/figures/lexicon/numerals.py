"""Numerals of East Asia: what each character counts."""

HAN_DIGITS = {
    char: value
    for value, chars in enumerate("〇零 一壹 二两兩贰貳 三叁參 四肆 五伍 六陆陸 七柒 八捌 九玖".split())
    for char in chars
}
HAN_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
HAN_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
# 二百三十余万: 2,300,000 and more.
HAN_ODD = "余餘多几幾数數"
HAN_POINTS = "点點"
HAN_MINUS = ("负", "負", "零下", "マイナス")

HANGUL_DIGITS = {char: value for value, chars in enumerate("영공 일 이 삼 사 오 육륙 칠 팔 구".split()) for char in chars}
HANGUL_SMALL = {"십": 10, "백": 100, "천": 1000}
HANGUL_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
HANGUL_POINT = "점"
HANGUL_MINUS = ("마이너스", "음수")

# Korean words for tens and ones, as they stand before a counter.
NATIVE_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
NATIVE_ONES = {
    "하나": 1, "둘": 2, "셋": 3, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
    "한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4,
}  # fmt: skip
# These are syllables of many words, and numbers only before a counter or by themselves.
# Two or three, and so on.
NATIVE_PAIRS = {
    "한두": (1, 2),
    "두세": (2, 3),
    "두서너": (2, 4),
    "서너": (3, 4),
    "너댓": (4, 5),
    "네댓": (4, 5),
    "대여섯": (5, 6),
    "예닐곱": (6, 7),
    "일이": (1, 2),
    "이삼": (2, 3),
    "삼사": (3, 4),
    "사오": (4, 5),
    "오륙": (5, 6),
    "육칠": (6, 7),
    "칠팔": (7, 8),
}
# What may follow a number in Korean without a space, beside counters and units.
AFTER_NUMBER = tuple(
    "분의 보다 과 와 에서 이다 이상 이하 미만 초과 등 점 번 까지 의 으로 로 여 가량 정도 쯤 안팎 내외 은 는 을 를 퍼".split()
)

# Days in words of Korean.
DAYS = {
    2: ("이틀",),
    3: ("사흘",),
    4: ("나흘",),
    5: ("닷새",),
    6: ("엿새",),
    7: ("이레",),
    8: ("여드레",),
    9: ("아흐레",),
    10: ("열흘",),
    15: ("보름",),
}

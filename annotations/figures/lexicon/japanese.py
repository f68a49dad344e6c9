"""Japanese."""

from decimal import Decimal

from annotations.figures.lexicon.shape import MINUTE, Lexicon, units

LEXICON = Lexicon(
    comparators={
        "gt": ("余り", "以上に上る"),
        "ge": ("以上", "少なくとも", "最低"),
        "lt": ("未満", "弱", "足らず"),
        "le": ("以下", "以内", "最大", "最多", "多くても"),
    },
    over=("を超える", "を超え", "超える", "超え", "超", "を上回る", "を上回り", "を上回っ", "を上回ら"),
    under=("を下回る", "を下回り", "を下回っ", "を下回ら"),
    negations_behind=("ない", "なかった", "ず", "ていない"),
    approximate=("約", "およそ", "ほぼ", "ほど", "程度", "前後", "くらい", "ぐらい", "およそ約"),
    statistics={"mean": ("平均",), "median": ("中央値",), "total": ("合計", "総計", "計", "延べ")},
    periods={
        "P1D": ("毎日", "1日あたり", "1日当たり", "1日に", "日額"),
        "P1W": ("毎週", "週に"),
        "P1M": ("毎月", "月額", "月に", "1か月に", "1カ月に", "1ヶ月に", "1か月あたり", "1カ月当たり",
                "1ヶ月当たり", "ひと月"),
        "P1Y": ("毎年", "年額", "年に", "1年に"),
    },
    units=units(
        ("h", 1, "時間"),
        ("h", MINUTE, "分間"),
        ("d", 1, "日間"),
        ("wk", 1, "週間"),
        ("mo", 1, "か月間 カ月間 ヶ月間 か月 カ月 ヶ月 ヵ月 箇月"),
        ("a", 1, "年間"),
        ("kg", 1, "キログラム キロ"),
        ("t", 1, "トン"),
        ("L", 1, "リットル"),
        ("km", 1, "キロメートル"),
        ("m", 1, "メートル"),
        ("[bbl_us]", 1, "バレル"),
        ("m2", 1, "平方メートル"),
        ("har", 1, "ヘクタール"),
        ("[acr_us]", 1, "エーカー"),
    ),
    people=("人", "名"),
    items=("隻", "台", "個", "件", "社", "本", "枚", "機", "発"),
    occasions=("回",),
    currencies={
        "人民元": ("CNY", True), "元": ("CNY", True), "円": ("JPY", True),
        "北朝鮮ウォン": ("KPW", True), "韓国ウォン": ("KRW", True),
        "米ドル": ("USD", True), "香港ドル": ("HKD", True), "ドル": ("USD", False),
        "ユーロ": ("EUR", True), "ルーブル": ("RUB", True), "ポンド": ("GBP", False),
    },
    shared={"ウォン": ("KRW", "KPW")},
    percent=("パーセント", "ポイント"),
    fractions={"半数": Decimal(50), "半分": Decimal(50), "過半数": Decimal(50)},
    vague={
        "数十万": ("hundreds of thousands", 1), "数万": ("tens of thousands", 1),
        "数千": ("thousands", 1), "数百": ("hundreds", 1), "数十": ("tens of thousands", 1000),
    },
    ranges=("から", "ないし", "乃至"),
    references=("決議", "第", "条", "号"),
)  # fmt: skip

"""Chinese, in both ways of writing."""

from decimal import Decimal

from annotations.figures.lexicon.shape import MINUTE, Lexicon, units

LEXICON = Lexicon(
    comparators={
        "gt": ("超过", "超過", "超过了", "逾", "多于", "多於", "高于", "高於", "大于", "大於", "过", "過"),
        "ge": ("至少", "至少有", "不少于", "不少於", "不小于", "不低于", "及以上", "大于等于", "大于或等于", "大于或者等于", "以上"),
        "lt": ("不到", "不足", "少于", "少於", "低于", "低於", "小于", "小於", "未满", "未滿", "之下"),
        "le": ("至多", "最多", "不超过", "不超過", "不多于", "多达", "多達", "高达", "小于等于", "小于或等于", "小于或者等于", "以下"),
        "eq": ("等于", "等於"),
    },
    approximate=("大约", "大約", "约", "左右", "大概", "将近", "將近", "近", "上下"),
    statistics={"mean": ("平均", "人均"), "median": ("中位数",), "total": ("总共", "共计", "合计", "总计", "一共")},
    periods={
        "P1D": ("每天", "每日", "日均"),
        "P1W": ("每周", "每週"),
        "P1M": ("每月", "每个月", "月均", "每個月"),
        "P1Y": ("每年", "年均"),
    },
    units=units(
        ("h", 1, "小时 小時 个小时 個小時 钟头 个钟头 鐘頭 時 时"),
        ("h", MINUTE, "分钟 分鐘"),
        ("a", 1, "年"),
        ("d", 1, "天"),
        ("wk", 1, "周 週 星期 个星期 個星期"),
        ("mo", 1, "个月 個月"),
        ("kg", 1, "公斤 千克"),
        ("t", 1, "吨 噸 公吨"),
        ("L", 1, "升"),
        ("km", 1, "公里 千米"),
        ("m", 1, "米"),
        ("[bbl_us]", 1, "桶"),
        ("m2", 1, "平方米"),
        ("har", 1, "公顷"),
    ),
    people=("人", "名"),
    items=("艘", "辆", "架", "个", "家", "份", "张"),
    occasions=("次",),
    currencies={
        "人民币": ("CNY", True), "人民幣": ("CNY", True), "块": ("CNY", True), "块钱": ("CNY", True),
        "美元": ("USD", True), "美圆": ("USD", True), "台币": ("TWD", True), "新台币": ("TWD", True),
        "港元": ("HKD", True), "港币": ("HKD", True), "欧元": ("EUR", True), "歐元": ("EUR", True),
        "日元": ("JPY", True), "日圆": ("JPY", True), "卢布": ("RUB", True), "英镑": ("GBP", True),
        "朝鲜元": ("KPW", True), "朝币": ("KPW", True), "韩元": ("KRW", True), "韓元": ("KRW", True),
    },
    coins={"角": 10, "毛": 10, "分": 100, "美分": 100, "日本銭": 100, "銭": 100},
    local={"¥": "CNY"},
    percent=("百分点", "百分點", "个百分点", "個百分點"),
    fractions={"一半": Decimal(50), "半数以上": Decimal(50), "对折": Decimal(50)},
    vague={
        "数十万": ("hundreds of thousands", 1), "几十万": ("hundreds of thousands", 1),
        "几百万": ("millions", 1), "数百万": ("millions", 1), "數百萬": ("millions", 1),
        "几万": ("tens of thousands", 1), "几千": ("thousands", 1), "几百": ("hundreds", 1),
        "几十": ("tens of thousands", 1000), "成千上万": ("thousands", 1), "成百上千": ("hundreds", 1),
        "数以百计": ("hundreds", 1), "数以千计": ("thousands", 1), "数以万计": ("tens of thousands", 1),
        "數百": ("hundreds", 1), "數千": ("thousands", 1), "數十": ("tens of thousands", 1000),
    },
    ranges=("至", "到"),
    references=("决议", "決議", "第"),
)  # fmt: skip

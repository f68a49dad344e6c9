"""Currencies by country and noun, in English, Korean and Chinese: whose dollar, won, pound or franc is meant.

A row: ISO 4217 code, the noun in English, how English names the country (as adjective or noun), Korean and Chinese.
What a scheme lacks is here too, since it must not be taken for the currency of another country.
"""

from __future__ import annotations

ROWS = """
USD | dollar | us, u.s., american, united states | 미국 미 | 美
HKD | dollar | hong kong | 홍콩 | 港 香港
SGD | dollar | singapore, singaporean | 싱가포르 | 新加坡 新
CAD | dollar | canadian, canada | 캐나다 | 加 加拿大
AUD | dollar | australian, australia | 호주 오스트레일리아 | 澳 澳大利亚 澳洲
NZD | dollar | new zealand | 뉴질랜드 | 新西兰 纽
TWD | dollar | taiwan, taiwanese, new taiwan | 대만 타이완 | 新台 台 台湾
BBD | dollar | barbadian, barbados | 바베이도스 | 巴巴多斯
BMD | dollar | bermudian, bermuda | 버뮤다 |
BND | dollar | brunei, bruneian | 브루나이 | 文莱
BSD | dollar | bahamian, bahamas | 바하마 | 巴哈马
BZD | dollar | belize, belizean | 벨리즈 | 伯利兹
FJD | dollar | fijian, fiji | 피지 | 斐济
GYD | dollar | guyanese, guyana | 가이아나 | 圭亚那
JMD | dollar | jamaican, jamaica | 자메이카 | 牙买加
KYD | dollar | cayman, cayman islands | 케이맨 | 开曼
LRD | dollar | liberian, liberia | 라이베리아 | 利比里亚
NAD | dollar | namibian, namibia | 나미비아 | 纳米比亚
SBD | dollar | solomon islands | 솔로몬 | 所罗门
SRD | dollar | surinamese, suriname | 수리남 | 苏里南
TTD | dollar | trinidad and tobago, trinidadian | 트리니다드 | 特立尼达
XCD | dollar | east caribbean | 동카리브 | 东加勒比
ZWL | dollar | zimbabwean, zimbabwe | 짐바브웨 | 津巴布韦
KPW | won | north korean, dprk | 북한 조선 북조선 | 朝鲜 朝
KRW | won | south korean, rok | 한국 남한 | 韩 韩国
GBP | pound | british, uk, sterling | 영국 | 英
EGP | pound | egyptian, egypt | 이집트 | 埃及
SYP | pound | syrian, syria | 시리아 | 叙利亚
LBP | pound | lebanese, lebanon | 레바논 | 黎巴嫩
SDG | pound | sudanese, sudan | 수단 | 苏丹
SSP | pound | south sudanese | 남수단 | 南苏丹
EUR | euro | european | 유럽 | 欧 歐
CHF | franc | swiss | 스위스 | 瑞士
XAF | franc | cfa, central african | 세파 | 非洲 中非
CDF | franc | congolese | 콩고 | 刚果
IRR | rial | iranian, iran | 이란 | 伊朗
OMR | rial | omani, oman | 오만 | 阿曼
YER | rial | yemeni, yemen | 예멘 | 也门
QAR | riyal | qatari, qatar | 카타르 | 卡塔尔
SAR | riyal | saudi | 사우디 | 沙特
AED | dirham | uae, emirati, u.a.e. | 아랍에미리트 | 阿联酋
MAD | dirham | moroccan, morocco | 모로코 | 摩洛哥
IQD | dinar | iraqi, iraq | 이라크 | 伊拉克
KWD | dinar | kuwaiti, kuwait | 쿠웨이트 | 科威特
JOD | dinar | jordanian, jordan | 요르단 | 约旦
LYD | dinar | libyan, libya | 리비아 | 利比亚
INR | rupee | indian, india | 인도 | 印度
PKR | rupee | pakistani, pakistan | 파키스탄 | 巴基斯坦
LKR | rupee | sri lankan | 스리랑카 | 斯里兰卡
MXN | peso | mexican, mexico | 멕시코 | 墨西哥
PHP | peso | philippine, filipino | 필리핀 | 菲律宾
ARS | peso | argentine, argentinian | 아르헨티나 | 阿根廷
CUP | peso | cuban | 쿠바 | 古巴
RUB | ruble | russian | 러시아 | 俄罗斯
BYN | ruble | belarusian | 벨라루스 | 白俄罗斯
CNY | yuan | chinese, china | 중국 | 中国 人民币
JPY | yen | japanese, japan | 일본 | 日 日本
MYR | ringgit | malaysian, malaysia | 말레이시아 | 马来西亚
VND | dong | vietnamese, vietnam | 베트남 | 越南
THB | baht | thai, thailand | 태국 | 泰国
MNT | tugrik | mongolian | 몽골 | 蒙古
TRY | lira | turkish | 터키 튀르키예 | 土耳其
SEK | krona | swedish | 스웨덴 | 瑞典
NOK | krone | norwegian | 노르웨이 | 挪威
DKK | krone | danish | 덴마크 | 丹麦
KES | shilling | kenyan | 케냐 | 肯尼亚
UGX | shilling | ugandan | 우간다 | 乌干达
TZS | shilling | tanzanian | 탄자니아 | 坦桑尼亚
"""
# A noun of English with its other forms, and what it is called in Korean and Chinese; the code is meant where nobody says whose.
NOUNS = """
dollar | dollars | 달러 불 | 元 圆 圓 币 幣 | USD
won | | 원 | 元 圆 圓 币 | KPW
pound | pounds | 파운드 | 镑 鎊 | GBP
franc | francs | 프랑 | 法郎 | -
rial | rials | 리알 | 里亚尔 | IRR
riyal | riyals | 리얄 | 里亚尔 | -
dirham | dirhams | 디르함 | 迪拉姆 | AED
dinar | dinars | 디나르 | 第纳尔 | -
rupee | rupees | 루피 | 卢比 盧比 | -
peso | pesos | 페소 | 比索 | -
ruble | rubles rouble roubles | 루블 | 卢布 盧布 | RUB
yuan | | 위안 위안화 | 元 币 | CNY
euro | euros | 유로 | 元 | EUR
yen | | 엔 | 元 圆 圓 | JPY
ringgit | ringgits | 링깃 | 林吉特 令吉 马币 | MYR
dong | | 동 | 盾 | VND
baht | | 바트 | 铢 泰铢 | -
tugrik | tugriks togrog | 투그릭 | 图格里克 | MNT
lira | liras | 리라 | 里拉 | -
krona | kronor | 크로나 | 克朗 | -
krone | kroner | 크로네 | 克朗 | -
shilling | shillings | 실링 | 先令 | -
naira | nairas | 나이라 | 奈拉 | -
cedi | cedis | 세디 | 塞地 | -
rand | rands | 랜드 | 兰特 | -
rupiah | rupiahs | 루피아 | 印尼盾 | -
toman | tomans | 토만 | 土曼 | -
riel | riels | 리엘 | 瑞尔 | -
kip | kips | 킵 | 基普 | -
kyat | kyats | 짯 | 缅元 缅币 | -
hryvnia | hryvnias | 흐리우냐 | 格里夫纳 | -
zloty | zlotys | 즈워티 | 兹罗提 | -
tenge | | 텡게 | 坚戈 | -
som | soms | 솜 | 索姆 苏姆 | -
bolivar | bolivars bolívares | 볼리바르 | 玻利瓦尔 | -
bitcoin | bitcoins btc | 비트코인 | 比特币 | -
ether | ethereum eth | 이더리움 이더 | 以太币 以太坊 | -
tether | usdt | 테더 | 泰达币 | -
monero | xmr | 모네로 | 门罗币 | -
"""
# Letters before a sign of money: HK$, R$, JP¥.
PREFIXES = {
    "$": "us USD, u.s. USD, hk HKD, sg SGD, s SGD, ca CAD, c CAD, cdn CAD, can CAD, a AUD, au AUD, nz NZD, nt NTD, r BRL, mx MXN, mex MXN, "
    "bz BZD, b BND, fj FJD, j JMD, l LRD, n NAD, tt TTD, ec XCD, z ZWL, zim ZWL, ar ARS, cl CLP, col COP",
    "¥": "cn CNY, rmb CNY, jp JPY, j JPY",
    "£": "gb GBP, uk GBP, e EGP, s SYP, l LBP",
    "₩": "n KPW, s KRW",
}
# Without those that are words of English in small letters: all, try, top.
CODES = frozenset(
    "AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY CRC "
    "CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY "
    "KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MDL MGA MKD MMK MNT MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
    "NPR NZD OMR PAB PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL".split()
)


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in text.strip().splitlines()]


def english() -> dict[str, dict[str, str]]:
    """Noun in any form → country → code, where "" is what the bare noun means and XXX that nobody can say."""
    nouns: dict[str, dict[str, str]] = {}
    for noun, forms, _, _, bare in table(NOUNS):
        whose = {who: code for code, of, names, _, _ in table(ROWS) if of == noun for who in names.split(", ")}
        for form in (noun, *forms.split()):
            nouns[form] = {**whose, "": "XXX" if bare == "-" else bare}
    return nouns


def nouns(column: int, without: str = "") -> list[str]:
    """Of all currencies. `column`: 2 for Korean, 3 for Chinese."""
    return [noun for row in table(NOUNS) for noun in row[column].split() if noun not in without.split()]


def unclaimed() -> list[str]:
    """Nouns of Korean and Chinese that are the money of several countries and by themselves of none."""
    return [noun for _, _, korean, chinese, bare in table(NOUNS) if bare == "-" for noun in (korean + " " + chinese).split()]


def pairs(column: int) -> list[tuple[str, str]]:
    """(country, noun), long countries first. `column`: 3 for Korean, 4 for Chinese."""
    known = {row[0]: row[column - 1].split() for row in table(NOUNS)}
    names = [(who, noun) for row in table(ROWS) for who in row[column].split() for noun in known[row[1]]]
    return sorted(names, key=lambda pair: -len(pair[0]))


def eastern(column: int) -> dict[str, str]:
    """Full names, 홍콩달러 or 澳元 → code."""
    known = {row[0]: row[column - 1].split() for row in table(NOUNS)}
    return {f"{who}{noun}": row[0] for row in table(ROWS) for who in row[column].split() for noun in known[row[1]]}


def prefixes() -> dict[str, str]:
    """ "hk$" → HKD."""
    return {
        f"{letters}{sign}": code
        for sign, words in PREFIXES.items()
        for letters, code in (pair.split() for pair in words.split(", "))
    }

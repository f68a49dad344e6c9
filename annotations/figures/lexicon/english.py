"""English. Comparators of the scheme's own lexicon come on top of these."""

from annotations.figures.lexicon.shape import MINUTE, Lexicon, units

HIGHER = tuple(
    "more greater higher larger bigger longer later older heavier farther further deeper taller wider costlier".split()
)
LOWER = tuple("less fewer lower smaller shorter earlier younger lighter cheaper".split())


def behind(*words: str) -> tuple[str, ...]:
    """Bounds that follow their number: 600 or higher, 18 years and older."""
    return tuple(f"{link} {word}" for link in ("or", "and") for word in words)


LEXICON = Lexicon(
    comparators={
        "ge": ("as few as", "as little as", "minimum of", "at a minimum", "-plus", "and up", "and upwards", *behind(*HIGHER, "over", "above")),
        "le": ("as many as", "as much as", "at the most", "at most", "maximum of", "at a maximum", "capped at", "limited to", "within", *behind(*LOWER, "under", "below")),
        "eq": ("equal to", "equals to", "equaling to", "equals"),
    },
    over=("over", "above", "exceed", "exceeds", "exceeded", "exceeding", "in excess of", "upwards of", "upward of", "beyond", "topped",
          "topping", "surpass", "surpasses", "surpassed", "surpassing", "north of", *(f"{word} than" for word in HIGHER)),
    under=("under", "below", "failed to reach", "fails to reach", "fail to reach", "short of", "shy of", "south of", *(f"{word} than" for word in LOWER)),
    negations=("not", "never", "yet to", "fail to", "fails to", "failed to", "failing to", "cannot", "without", "nothing", "none", "neither", "nor",
               *(f"{verb}n{sign}t" for verb in "do does did ca wo could would should must has have had is are was were".split() for sign in "'’")),
    doubts=("unlikely to", "nowhere near", "nothing like", "far from", "anything but"),
    links=tuple("to be been being in any ever have has had may must shall should will would can could did does do fall fell fallen drop manage managed "
                "dropped go gone rise risen by far a an the at".split()),
    approximate=("about", "approximately", "approx.", "approx", "around", "some", "nearly", "almost",
                 "roughly", "circa", "ca.", "close to", "an estimated", "estimated", "or so",
                 "more or less", "in the region of", "in the order of", "-odd", "approaching", "virtually", "or thereabouts", "≈"),
    statistics={
        "mean": ("an average of", "average of", "on average", "average", "averaging", "mean of", "mean"),
        "median": ("a median of", "median of", "median"),
        "total": ("a total of", "total of", "altogether", "in total", "totalling", "totaling",
                  "cumulative", "in all", "combined"),
    },
    periods={
        "P1D": ("daily", "per diem"),
        "P1W": ("weekly",),
        "P1M": ("monthly",),
        "P3M": ("quarterly",),
        "P1Y": ("yearly", "annually", "annual", "per annum", "p.a."),
        "PT1H": ("hourly",),
    },
    units=units(
        ("h", 1, "h hr hrs hour hours"),
        ("h", MINUTE, "minute minutes min mins"),
        ("d", 1, "d day days night nights"),
        ("wk", 1, "wk wks week weeks"),
        ("wk", 2, "fortnight fortnights"),
        ("mo", 1, "month months"),
        ("a", 1, "y yo year years yr yrs"),
        ("a", 10, "decade decades"),
        ("kg", 1, "kg kilogram kilograms kilogramme kilogrammes kilo kilos"),
        ("kg", "0.001", "g gram grams gramme grammes"),
        ("kg", "0.000001", "mg milligram milligrams"),
        ("t", 1000, "kt kiloton kilotons kilotonne kilotonnes"),
        ("t", 1, "t ton tons tonne tonnes metric_ton metric_tons metric_tonnes mt"),
        ("L", 1, "l litre litres liter liters"),
        ("L", 1000, "kl kilolitre kilolitres kiloliter kiloliters"),
        ("L", "0.01", "cl centilitre centilitres centiliter centiliters"),
        ("L", "0.001", "ml millilitre millilitres milliliter milliliters"),
        ("m3", 1, "m3 cubic_metre cubic_metres cubic_meter cubic_meters"),
        ("m3", 10**6, "mcm mmcm"),
        ("m3", 10**9, "bcm"),
        ("[cft_i]", 1, "cubic_foot cubic_feet cu_ft"),
        ("[cft_i]", 10**6, "mmcf mmscf"),
        ("[cft_i]", 10**9, "bcf bscf"),
        ("[cft_i]", 10**12, "tcf tscf"),
        ("[bbl_us]", 1, "bbl bbls barrel barrels barrels_of_oil"),
        ("TEU", 1, "teu teus"),
        ("DWT", 1, "dwt deadweight_ton deadweight_tons deadweight_tonne deadweight_tonnes tonnes_deadweight tons_deadweight"),
        ("km", 1, "km kilometre kilometres kilometer kilometers"),
        ("m", "0.1", "dm decimetre decimetres decimeter decimeters"),
        ("m", "0.01", "cm centimetre centimetres centimeter centimeters"),
        ("m", "0.001", "mm millimetre millimetres millimeter millimeters"),
        ("m", 1, "m metre metres meter meters"),
        ("[nmi_i]", 1, "nmi nautical_mile nautical_miles"),
        ("m2", 1, "m2 square_metre square_metres square_meter square_meters sqm sq_m sq._m m^2"),
        ("m2", 10**6, "km2 km^2 sq_km sq._km sqkm square_kilometre square_kilometres square_kilometer square_kilometers km_squared"),
        ("har", 1, "ha hectare hectares"),
        ("[acr_us]", 1, "acre acres"),
        ("[Btu]", 1, "btu btus british_thermal_units"),
        ("[Btu]", 10**6, "mmbtu mmbtus"),
        ("W.h", 1, "wh watt-hour watt-hours"),
        ("W.h", 1000, "kwh kilowatt-hour kilowatt-hours"),
        ("W.h", 10**6, "mwh megawatt-hour megawatt-hours"),
        ("W.h", 10**9, "gwh gigawatt-hour gigawatt-hours"),
        ("MW", "0.001", "kw kilowatt kilowatts"),
        ("MW", 1000, "gw gigawatt gigawatts"),
        ("MW", 1, "mw megawatt megawatts"),
    ),
    other_units=("giga", "knot", "knots", "°c", "°f", "degrees", "degrees celsius", "carat", "carats", "troy ounce", "troy ounces", "square mile", "square miles", "square foot", "square feet", "byte", "bytes", "kb", "mb", "gb", "tb", "kilobytes", "megabytes", "gigabytes", "terabytes", "hectolitres", "hp", "horsepower", "rpm", "km/h", "mph", "volts", "amps", "hertz", "mhz", "ghz", "curies", "becquerels", "sieverts", "lbs", "nm", "boe", "barrels of oil equivalent", "barrels of crude oil equivalent", "mile", "miles", "yard", "yards", "foot", "feet", "inch", "inches", "pound", "pounds", "ounce",
                 "ounces", "gallon", "gallons", "pint", "pints", "cup", "cups", "teaspoon", "tbsp", "bushel", "bushels"),
    people=("people", "persons", "person", "workers", "worker", "labourers", "laborers", "employees",
            "men", "women", "nationals", "citizens", "individuals"),
    items=("vessels", "ships", "aircraft", "trucks", "factories", "companies", "shipments", "visas",
           "contracts", "permits", "transfers"),
    occasions=("times",),
    currencies={
        "us dollar": ("USD", True), "us dollars": ("USD", True), "u.s. dollars": ("USD", True),
        "u.s. dollar": ("USD", True), "american dollars": ("USD", True), "us$": ("USD", True),
        "hk$": ("HKD", True), "hong kong dollars": ("HKD", True), "s$": ("SGD", True),
        "singapore dollars": ("SGD", True), "chinese yuan": ("CNY", True), "cn¥": ("CNY", True),
        "chinese renminbi": ("CNY", True), "japanese yen": ("JPY", True), "jp¥": ("JPY", True),
        "kuai": ("CNY", True), "dong": ("VND", False), "c$": ("CAD", True), "c $": ("CAD", True), "cad$": ("CAD", True), "a$": ("AUD", True),
        "canadian dollars": ("CAD", True), "canadian dollar": ("CAD", True), "australian dollars": ("AUD", True),
        "australian dollar": ("AUD", True), "taiwan dollars": ("TWD", True), "nt$": ("TWD", True), "mxn$": ("MXN", True),
        "mex$": ("MXN", True), "new zealand dollars": ("NZD", True), "egyptian pounds": ("EGP", True),
        "lebanese pounds": ("LBP", True), "hong kong dollar": ("HKD", True), "singapore dollar": ("SGD", True),
        "€": ("EUR", True), "euro": ("EUR", True), "euros": ("EUR", True), "£": ("GBP", True),
        "pounds sterling": ("GBP", True), "british pounds": ("GBP", True), "sterling": ("GBP", True),
        "₽": ("RUB", True), "rouble": ("RUB", True), "ruble": ("RUB", True),
        "₫": ("VND", True), "vietnamese dong": ("VND", True),
        "ringgit": ("MYR", True), "rm": ("MYR", True), "tugrik": ("MNT", True), "togrog": ("MNT", True),
        "iranian rial": ("IRR", True), "iranian rials": ("IRR", True), "rials": ("IRR", False),
        "syrian pounds": ("SYP", True), "dirham": ("AED", False), "dirhams": ("AED", False),
        "swiss franc": ("CHF", True), "swiss francs": ("CHF", True), "north korean won": ("KPW", True),
        "south korean won": ("KRW", True), "korean won": ("KRW", False),
    },
    shared={"won": ("KPW", "KRW"), "₩": ("KRW", "KPW"), "¥": ("JPY", "CNY")},
    coins=dict.fromkeys(("cent", "cents", "pence"), 100) | {"mao": 10},
    percent=("%", "percent", "per cent", "pct", "percents", "percentage", "percentage points", "percentage point"),
    ranges=("to", "through", "or", "until", "∼", "-", "–", "—", "−", "~", "〜", "～"),
    references=("resolution", "resolutions", "unscr", "no.", "nos.", "article", "annex", "paragraph",
                "paragraphs", "para.", "¶", "section", "chapter", "flight", "imo", "decree", "e.o.",
                "phone", "tel.", "hs code"),
    ordinals=("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
              "tenth"),
    harmless=tuple(
        # Before a number.
        "may might can could will would should must the a an of to in on at by for with from and or as than its his her their our this these those all other another additional further extra new "
        "last first next past remaining only just exactly precisely its it was were is are be been being has have had which that who whose where when while "
        "paid pay pays paying charged charging charges charge cost costs costing sold sell sells selling bought buy buying worth priced valued valuing "
        "earned earning earn earns received receiving receive sent send sending shipped shipping exported exporting imported importing delivered delivering "
        "transferred transferring loaded loading carried carrying carry carries held holding hold employed employing employs hired fined seized seizing "
        "confiscated issued granted produced producing reached reaching reach reaches hit totalled totaled rose rise rising fell fall falling grew grow "
        "dropped drop increased increase decreased decrease jumped declined decline up down set put was well far slightly little considerably "
        "significantly somewhat substantially between price prices fee fees wage wages salary salaries rate tax duty discount premium fare rent sum amount "
        "value volume weight capacity loan payment payments ransom bribe deposit bid north south korean chinese russian foreign between least most "
        "involving including containing totalling comprising using crew owed lost spent stole stolen raised invested donated offered demanded supplied "
        "supply repatriated brought made make took take moved move dispatched deported arrested detained killed injured listed sanctioned designated "
        "record mere fully whopping estimated entire named identified added removed found counted registered leased chartered ordered planned approved rejected blocked frozen froze each every "
        # Behind it; what has the same form in both numbers.
        "people men women children crew staff personnel police aircraft spacecraft hovercraft cattle sheep fish livestock troops percent data media "
        "dead injured missing more others each apiece away long old wide deep high tall now today".split()
    ),
    degrees=("of that", "of it", "of what", "less", "fewer", "lower", "higher", "greater", "larger", "smaller", "cheaper", "twice", "thrice", "times", "fold", "basis points", "points",
             "third", "thirds", "quarter", "fifth", "tenth", "per mille", "barely", "hardly", "scarcely", "odds", "ratio", "factor", "square", "cubic", "-class",
             "minus", "except", "excluding", "instead", "rather than", "hundredweight", "dozen", "hundred", "thousand", "million", "billion", "trillion"),
)  # fmt: skip

"""Letters that hardly occur in any text: where many of them stand, a file says wrongly which letters its glyphs are."""

import unicodedata

# The first bytes of what the national standards call common: of Chinese in the mainland and on Taiwan, of Japanese, of Korean.
COMMON = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("shift_jis", 0x88, 0x98), ("euc_kr", 0xB0, 0xC8))
LEAST, SHARE = 10, 1 / 10


def rare_letters(text: str) -> int:
    """How many there are, where that is too many for a text; else 0. A name or two of rare letters is nothing to doubt."""
    counted = [sign for sign in text if is_east_asian(sign) or not is_letter(sign)]
    rare = sum(not is_common(sign) for sign in counted)
    return rare if rare >= LEAST and rare > SHARE * len(counted) else 0


def is_east_asian(sign: str) -> bool:
    """An ideograph or a Korean syllable."""
    return "\u3400" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3" or "\U00020000" <= sign <= "\U0003ffff"


def is_letter(sign: str) -> bool:
    """Not of private use, nor without a meaning."""
    return unicodedata.category(sign) not in {"Co", "Cn"}


def is_common(sign: str) -> bool:
    return any(first <= (sign.encode(codec, "ignore") or b"\0")[0] <= last for codec, first, last in COMMON)

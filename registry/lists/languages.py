"""Languages that lists write in English, as codes of ISO 639-1."""

from __future__ import annotations

CODES = {
    "amharic": "am", "arabic": "ar", "armenian": "hy", "azerbaijani": "az", "belarusian": "be", "bengali": "bn", "bosnian": "bs", "bulgarian": "bg",
    "burmese": "my", "chechen": "ce", "chinese": "zh", "dari": "prs", "farsi": "fa", "georgian": "ka", "greek": "el", "hebrew": "he",
    "hindi": "hi", "japanese": "ja", "kazakh": "kk", "korean": "ko", "kurdish": "ku", "kyrgyz": "ky", "macedonian": "mk", "mongolian": "mn",
    "pashto": "ps", "persian": "fa", "punjabi": "pa", "russian": "ru", "serbian": "sr", "somali": "so", "tajik": "tg", "tamil": "ta", "thai": "th",
    "tigrinya": "ti", "turkish": "tr", "turkmen": "tk", "ukrainian": "uk", "urdu": "ur", "uzbek": "uz", "vietnamese": "vi",
}  # fmt: skip


def code(text: str) -> str:
    """The code; empty for what is not a language of the table."""
    return CODES.get(" ".join(text.split()).casefold(), "")

"""Options of formats on the command line: checked, and read from a file where they name one."""

import pytest
from django.core.management import CommandError

from annotations.formats.options import READING, WRITING
from annotations.management.commands.load import options_in


def test_a_value_stands_there_or_in_a_file(tmp_path):
    text = tmp_path / "article.txt"
    text.write_bytes("Kim = 金\r\n".encode())
    found = options_in(["offsets=utf16", f"text=@{text}"], READING["webannotation"])
    assert found == {"offsets": "utf16", "text": "Kim = 金\r\n"}
    assert options_in(["text=a=b"], READING["webannotation"]) == {"text": "a=b"}
    assert options_in([], {}) == {}


@pytest.mark.parametrize("wrong", ["colour=red", "scheme", "scheme=io", "=iob2", "scheme=@nowhere.txt"])
def test_what_a_format_does_not_offer_is_said(wrong):
    with pytest.raises(CommandError, match="--option: "):
        options_in([wrong], WRITING["conll2003"])

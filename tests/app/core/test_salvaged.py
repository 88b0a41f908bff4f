"""What must not be refused is kept as far as it is text."""

import pytest

from app.core.schema import paragraphs, salvaged


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("First,\n\tthen.\n", "First,\n\tthen.\n"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("cafe\u0301", "caf\u00e9"),
        ("\uf0b7 pasted", "\ufffd pasted"),
        ("a\x00b\x1bc\u202ed", "a\ufffdb\ufffdc\ufffdd"),
    ],
)
def test_a_text_is_kept_with_a_mark_for_each_character_that_is_none(typed, kept):
    assert salvaged(typed) == kept
    assert paragraphs(kept) == kept

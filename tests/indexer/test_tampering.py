"""What in a text is a sign that it was made to do something else than to be read, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.tampering import tampering


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Weld<script>alert(1)</script>", "script_taken_out"),
        ("<SCRIPT src=//evil.example></SCRIPT>", "script_taken_out"),
        ("<img src=x onerror=alert(1)>", "script_taken_out"),
        ("<p class='a' onclick = \"go()\">now</p>", "script_taken_out"),
        ("<a href=' javascript:alert(1)'>now</a>", "script_taken_out"),
        ("<a href=javascript:alert(1)>now</a>", "script_taken_out"),
        ("<iframe src='https://evil.example'></iframe>", "script_taken_out"),
        ("Welding \u202egnidlew", "hidden_taken_out"), ("\u2067Welding\u2069", "hidden_taken_out"),
        ("Welding\U000e0041", "hidden_taken_out"), ("bell\x07", "hidden_taken_out"), ("a\x7fb", "hidden_taken_out"),
        ('=HYPERLINK("https://evil.example";"x")', "formula_as_text"), ("=1+1", "formula_as_text"),
        (" =cmd|' /C calc'!A0", "formula_as_text"), ("@SUM(1+9)", "formula_as_text"), ("-SUM(A1)", "formula_as_text"),
        ("+_xlfn.CONCAT(A1)", "formula_as_text"), ("\t=A1", "formula_as_text"),
    ],
)  # fmt: skip
def test_what_would_act_is_told(text: str, said: str) -> None:
    assert list(tampering(text)) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "jo@maple.example", "@maple_college on the web", "@ the campus", "@ Sudbury (north)",
        "+ 3 credits", "+1 416 555 0199", "- bullet", "- Weld (flat)", "-45", "-45 °C and below", "− 450 $",
        "Solve a = x (maths)", "x = -b", "If a < b and c > d, onward = yes", "a <b onward",
        "HTML: write &lt;button onclick=\"go()\"&gt;", "HTML: &lt;script&gt; runs JavaScript",
        "JavaScript: the basics", "The <b>best</b> <a href='https://maple.example'>course</a>",
        "Descriptions, scripts and iframes", "Soudage à l\u2019arc", "soft\u00adhyphen, \u200bzero width\ufeff",
        "one\nline\tmore\r\n", "left\u200e to right\u200f", "", " ", "=", "= ",
    ],
)  # fmt: skip
def test_what_people_write_is_left_alone(text: str) -> None:
    assert list(tampering(text)) == []


@given(st.text("abcdefgh ÀÉéè.,;:()0123456789", max_size=60), st.sampled_from(["\u202e", "\u2066", "\x00", "\x1b"]))
def test_a_mark_that_nobody_sees_is_told_wherever_it_stands(text: str, mark: str) -> None:
    assert all("hidden_taken_out" in tampering(text[:at] + mark + text[at:]) for at in range(len(text) + 1))


@pytest.mark.parametrize("text", ["<a " * 100_000, "<a" + " x" * 200_000, "=" + " " * 300_000, "\x07" * 300_000])
def test_a_text_made_of_beginnings_is_judged_in_one_pass(text: str) -> None:
    assert "script_taken_out" not in tampering(text)

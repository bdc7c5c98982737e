"""Ways to harm a good file, drawn by Hypothesis: bytes, pieces, and values of other types."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

# Tags, quoted texts, marks that build a file, blanks, words.
PIECE = re.compile(rb"</?[^<>]{0,80}>|\"[^\"]{0,80}\"|[\[\]{}<>,;:=&\n\t\"']|[^\[\]{}<>,;:=&\n\t\"']+")
AWKWARD = (
    b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b'"', b"''", b"<", b"&", b"&#0;", b"&lt;", b"]]>", b"<![CDATA[",
    b"<!--",
    b"-->", b"<?x?>", b"<!DOCTYPE x [", b"null", b"NaN", b"1e999", b"-0",
    b"9" * 400, b"[[", b"{}", b"=1+1", b"\xed\xa0\x80",
    b"\r",
    "\u202e".encode(), "\u2028".encode(), b"0001-01-01", b"9999-12-31", b"javascript:alert(1)", b"<script>x</script>",
    b"http://[",
    b"P99999999Y", b"a" * 600,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, 10**30, "", " ", "\0", "\ud800", "x" * 600, [], {}, [[]], [None], {"": None},
    {"en": 1},
    {"@id": "#a"}, {"@value": []}, ["a", 1, None, {}], "0001-01-01", "http://[", "javascript:alert(1)",
    "<script>x</script>",
)  # fmt: skip
MOST_CHANGES = 6


def _places(body: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or object of a document with a key or index of its own."""
    waiting = [body]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            yield one, key
            waiting.append(one[key])


@st.composite
def retyped(draw: st.DrawFn, good: str) -> bytes:
    """A JSON document in which some values are of another type, or gone."""
    body = json.loads(good)
    for _ in range(draw(st.integers(1, MOST_CHANGES))):
        places = list(_places(body))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        if draw(st.booleans()):
            holder[key] = copy.deepcopy(draw(st.sampled_from(VALUES)))  # they are changed in turn
        else:
            del holder[key]
    return json.dumps(body).encode()


@st.composite
def rebuilt(draw: st.DrawFn, good: bytes) -> bytes:
    """A file whose pieces were lost, doubled, swapped or replaced."""
    pieces = PIECE.findall(good)
    for _ in range(draw(st.integers(1, MOST_CHANGES))):
        at, other = (draw(st.integers(0, max(0, len(pieces) - 1))) for _ in range(2))
        match draw(st.sampled_from(("lose", "double", "swap", "replace", "cut"))):
            case "lose":
                del pieces[at : at + 1]
            case "double":
                pieces[at:at] = pieces[at:other] or pieces[at : at + 1]
            case "swap" if pieces:
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "replace":
                pieces[at : at + 1] = [draw(st.sampled_from(AWKWARD))]
            case "cut":
                del pieces[max(at, other) + 1 :]
    return b"".join(pieces)


@st.composite
def flipped(draw: st.DrawFn, good: bytes) -> bytes:
    """A file some bytes of which are others."""
    content = bytearray(good)
    for _ in range(draw(st.integers(1, MOST_CHANGES))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content)

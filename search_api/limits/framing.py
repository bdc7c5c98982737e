"""What frames the subject of a query and names none itself: "how to become a", « je cherche un cours de »."""

from collections.abc import Iterator, Sequence

from search_api.limits.said import Span
from search_api.limits.sentence import Sentence
from search_api.limits.text import overlap
from search_api.limits.vocabulary import Vocabulary

# A word that can be a subject too ("training") frames only between these.
CLEAR_BEFORE = frozenset({"edge", "known", "limit", "course", "glue"})
CLEAR_AFTER = frozenset({"edge", "limit", "course", "glue"})
# Glue that opens a noun phrase: it goes with the word for a course it stands before.
ARTICLES = frozenset({"a", "an", "the", "un", "une", "des", "les", "le", "la", "l", "some", "any"})


def _phrases(sentence: Sentence, taken: Sequence[Span], spoken: Vocabulary) -> Iterator[Span]:
    for hit in spoken.phrases.finditer(sentence.text):
        met = [start for start, end in taken if overlap(hit.span(), (start, end))]
        # "i want to learn" before the known name "learn French" is "i want to".
        shorter = spoken.phrases.match(sentence.text, hit.start(), max(min(met), hit.start())) if met else hit
        if shorter:
            yield shorter.span()


def _courses(sentence: Sentence, taken: Sequence[Span], framed: Sequence[Span], spoken: Vocabulary) -> Iterator[Span]:
    for at, token in enumerate(sentence.tokens):
        span = (token.start, token.end)
        if sentence.kinds[at] != "course" or any(overlap(span, other) for other in (*taken, *framed)):
            continue
        if token.text in spoken.strong_courses or _is_clear(sentence, span, framed):
            yield _with_hyphened_head(sentence.text, span), span[1]


def _with_hyphened_head(text: str, span: Span) -> int:
    """Where "micro-credential" begins, whose last part is the word for a course."""
    start = span[0]
    return start - 6 if text[max(0, start - 6) : start] in {"micro-", "micro "} else start


def _is_clear(sentence: Sentence, span: Span, framed: Sequence[Span]) -> bool:
    before = sentence.before(span[0])
    beside_frame = before.at >= 0 and any(start <= sentence.tokens[before.at].start < end for start, end in framed)
    return (beside_frame or before.kind in CLEAR_BEFORE) and sentence.after(span[1]).kind in CLEAR_AFTER


def _widened(sentence: Sentence, span: Span, spoken: Vocabulary) -> Span:
    """A frame with the articles before it and the glue after it: "a course in", « formation pour »."""
    start, end = span
    while (word := sentence.before(start)).word in ARTICLES and word.kind == "glue":
        start = sentence.tokens[word.at].start
    while (word := sentence.after(end)).kind == "glue" and word.word in spoken.glue:
        end = sentence.tokens[word.at].end
    return start, end


def framing(sentence: Sentence, taken: Sequence[Span], spoken: Vocabulary) -> list[Span]:
    """Where framing stands in the folded text, in order. `taken` are known names and limits, which are none."""
    phrases = list(_phrases(sentence, taken, spoken))
    found = [*phrases, *_courses(sentence, taken, phrases, spoken)]
    return sorted(_widened(sentence, span, spoken) for span in found)

"""Skills and tools of a listing: the feed's names met with the vocabulary, and those found in its text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mappings.contract import LANGUAGES, Language
from mappings.knowledge import Knowledge, Target
from mappings.listing import Find, Listing, Term
from mappings.occupation import VocabularyTerm
from mappings.phrases import Found, PhraseIndex

MOST_INFERRED = 12  # a description that names more lists a whole field, not what is taught


@dataclass(frozen=True)
class Passage:
    """One piece of a listing's text and where it stands; `item` counts outcomes from 0."""

    language: Language
    field: str
    words: str
    item: int | None = None

    def find(self, hit: Found[Target]) -> Find:
        """Where the hit stands, offsets being those of the piece."""
        words = self.words[hit.start : hit.end]
        place = {"language": self.language, "field": self.field, "item": self.item}
        return Find(**place, start=hit.start, end=hit.end, words=words)

    def hits(self, phrases: PhraseIndex[Target]) -> Iterator[tuple[Target, Find]]:
        """What is named in it and where, each of several things one phrase may stand for."""
        for hit in phrases.find(self.words):
            yield from ((target, self.find(hit)) for target in hit.targets)


def _term(known: VocabularyTerm, found: Find | None = None) -> Term:
    basis = "inferred" if found else "feed"
    return Term(id=known.id, en=known.label.en, fr=known.label.fr, basis=basis, found=found)


def _known_ids(term: Term, knowledge: Knowledge) -> Iterator[str]:
    """Vocabulary ids a feed's term stands for, the likeliest first."""
    if term.id in knowledge.terms:
        yield term.id
    for label in (term.en, term.fr):
        found = knowledge.phrases.exact(label) if label else ()
        yield from (target.id for target in found if target.kind != "occupation")


def resolved(term: Term, knowledge: Knowledge) -> Term:
    """The vocabulary's term with both labels, else the feed's own."""
    known = next(_known_ids(term, knowledge), None)
    return _term(knowledge.terms[known]) if known else term


def passages_of(listing: Listing) -> Iterator[Passage]:
    """What a listing says it teaches, the surest first within each language."""
    for language in LANGUAGES:
        text = listing.text(language)
        if text:
            yield Passage(language, "title", text.title)
            yield from (Passage(language, "outcomes", words, item) for item, words in enumerate(text.outcomes))
            yield Passage(language, "description", text.description or "")


def found_terms(listing: Listing, knowledge: Knowledge) -> Iterator[Term]:
    """Terms named in the listing's text. A phrase that stands for several terms says none of them for sure."""
    for passage in passages_of(listing):
        for hit in knowledge.phrases.find(passage.words):
            ids = {target.id for target in hit.targets if target.kind != "occupation"}
            if len(ids) == 1:
                yield _term(knowledge.terms[ids.pop()], passage.find(hit))


def _distinct(terms: Iterable[Term]) -> list[Term]:
    found: dict[str, Term] = {}
    for term in terms:
        found.setdefault(term.id, term)
    return list(found.values())


def _field(term: Term, feed_field: str, knowledge: Knowledge) -> str:
    """The field that holds a term: the vocabulary's where it knows it, else the column the feed chose."""
    known = knowledge.terms.get(term.id)
    return known.listing_field if known else feed_field


def with_terms(listing: Listing, knowledge: Knowledge) -> Listing:
    """The listing with its skills and tools resolved, and up to twelve more that its text names."""
    said = [(term, name) for name in ("skills", "tools") for term in getattr(listing, name) if term.basis == "feed"]
    placed = [(resolved(term, knowledge), name) for term, name in said]
    stated = [(term, _field(term, name, knowledge)) for term, name in placed]
    given = {term.id for term, _ in stated}
    inferred = [term for term in _distinct(found_terms(listing, knowledge)) if term.id not in given][:MOST_INFERRED]
    everything = [*stated, *((term, _field(term, "skills", knowledge)) for term in inferred)]
    fields = {name: tuple(_distinct(t for t, field in everything if field == name)) for name in ("skills", "tools")}
    return listing.model_copy(update=fields)

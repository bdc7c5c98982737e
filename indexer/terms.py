"""Skills and tools of a listing: the feed's names met with the vocabulary, and those found in its text."""

from collections.abc import Iterable, Iterator

from mappings.contract import LANGUAGES
from mappings.knowledge import Knowledge
from mappings.listing import Listing, Term, Text
from mappings.occupation import VocabularyTerm

MOST_INFERRED = 12  # a description that names more lists a whole field, not what is taught


def _term(known: VocabularyTerm, basis: str) -> Term:
    return Term(id=known.id, en=known.label.en, fr=known.label.fr, basis=basis)


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
    return _term(knowledge.terms[known], "feed") if known else term


def prose_of(text: Text) -> Iterator[str]:
    """What a listing says it teaches, the surest first."""
    yield text.title
    yield from text.outcomes
    yield text.description or ""


def _texts(listing: Listing) -> tuple[Text, ...]:
    return tuple(text for text in (listing.text(language) for language in LANGUAGES) if text)


def found_terms(listing: Listing, knowledge: Knowledge) -> Iterator[Term]:
    """Terms named in the listing's text. A phrase that stands for several terms says none of them for sure."""
    for text in _texts(listing):
        for passage in prose_of(text):
            for hit in knowledge.phrases.find(passage):
                ids = {target.id for target in hit.targets if target.kind != "occupation"}
                if len(ids) == 1:
                    yield _term(knowledge.terms[ids.pop()], "inferred")


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

"""What came, differs and went since the load before, with titles and the fields that differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.changes import Change
from indexer.failures import IndexerError
from indexer.institution_reports.facts import Changed, Said, Sample
from indexer.load import Document, Engine, Stored
from indexer.privacy import masked
from indexer.reading import feed_part
from mappings.contract import LANGUAGES, Contract, preferred
from mappings.listing import Listing

MOST_SAMPLES = 20


def title_of(listing: Listing) -> Said:
    texts = ((code, listing.text(code)) for code in LANGUAGES)
    titles = {code: text.title if text else None for code, text in texts}
    return Said(**{one: _title(titles, one) for one in LANGUAGES})


def _title(titles: Mapping[Any, str | None], language: Any) -> str:
    return masked(next((title for code in preferred(language) if (title := titles.get(code))), ""))


def _stored_title(document: Document) -> Said:
    titles = {code: (document.get(code) or {}).get("title") for code in LANGUAGES}
    return Said(**{one: _title(titles, one) for one in LANGUAGES})


def served_samples(engine: Engine, served: Stored | None, changes: Mapping[str, Change]) -> dict[str, Document]:
    """The served documents of the samples that differ or went; none where the engine has them no more."""
    ids = [one for change in changes.values() for kind in (change.changed, change.removed) for one in _first(kind)]
    try:
        return engine.read_back(served.name, ids) if served and ids else {}
    except IndexerError:  # a report without titles is better than no report
        return {}


def _first(ids: Sequence[str]) -> Sequence[str]:
    return ids[:MOST_SAMPLES]


def _flat(document: Document) -> dict[str, Any]:
    """The document's own words by field; prose of both languages together."""
    said = feed_part(document)
    prose = [(name, code, value) for code in LANGUAGES for name, value in (said.pop(code, None) or {}).items()]
    place = {f"place.{name}": value for name, value in (said.pop("place", None) or {}).items()}
    found: dict[str, Any] = {**said, **place}
    for name, code, value in prose:
        found.setdefault(name, {})[code] = value
    return found


def _stated(value: Any) -> Any:
    return None if value in ([], {}) else value


def differing(before: Document, after: Document, contract: Contract) -> Iterator[Said]:
    """Labels of the fields in which two documents of a listing differ."""
    old, new = _flat(before), _flat(after)
    for item in contract.columns():
        if _stated(old.get(item.name)) != _stated(new.get(item.name)):
            yield Said(en=item.label.en, fr=item.label.fr)


@dataclass(frozen=True)
class Samples:
    """Listings of the run and served documents, by id."""

    contract: Contract
    listings: Mapping[str, Listing]
    served: Mapping[str, Document] = field(default_factory=dict)

    def _sample(self, listing_id: str) -> Sample:
        now, before = self.listings.get(listing_id), self.served.get(listing_id)
        if now is None:
            return Sample(id=listing_id, title=_stored_title(before or {}))
        fields = tuple(differing(before, now.document(), self.contract)) if before else ()
        return Sample(id=listing_id, title=title_of(now), fields=fields)

    def of(self, ids: Iterable[str]) -> Changed:
        listed = sorted(ids)
        return Changed(count=len(listed), samples=tuple(map(self._sample, _first(listed))))

"""What spoke for an inferred occupation, as answers tell it."""

from mappings.record import Record


class FindView(Record):
    """Words found in a listing's own text. Offsets count characters; `item` says which outcome, from 0."""

    language: str
    field: str
    item: int | None = None
    start: int
    end: int
    words: str


class SharedTermView(Record):
    """A skill or tool of both the listing and an occupation. `weight` is 1 when no other occupation uses it."""

    id: str
    label: str
    weight: float


class EvidenceView(Record):
    """What spoke for an inferred occupation: where it is named, what is shared, and likeness in meaning (a cosine)."""

    named: tuple[FindView, ...]
    shared: tuple[SharedTermView, ...]
    likeness: float

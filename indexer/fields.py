"""Names by which a feed or a mapping may call the contract's fields."""

from collections.abc import Iterator
from functools import cache

from indexer.cells import Slot
from indexer.cleaning import key
from mappings.contract import LANGUAGES, Contract, Field

# Set by the indexer, never by a feed.
OURS = frozenset({"osap_basis", "source", "sample", "stale", "stale_since", "course", "cost_cad", "rate"})


def feed_fields(contract: Contract) -> tuple[Field, ...]:
    """The fields a feed may give. The institution comes from the source."""
    return tuple(f for f in contract.fields if f.name not in OURS and not f.name.startswith("institution."))


def slots_of(item: Field) -> Iterator[Slot]:
    yield Slot(item.name)
    if item.is_prose:
        yield from (Slot(item.name, language) for language in LANGUAGES)


def path_of(slot: Slot) -> str:
    """How a listing record names it: `en.title`, `place.city`, `cost`."""
    return f"{slot.language}.{slot.field}" if slot.language else slot.field


@cache
def slots_by_path(contract: Contract) -> dict[str, Slot]:
    return {path_of(slot): slot for item in feed_fields(contract) for slot in slots_of(item)}


def header_label(slot: Slot, contract: Contract, language: str) -> str:
    """The template's header for a column, such as `Title (French)` or `Titre (français)`."""
    label = contract.named(slot.field).label.in_language(language)
    if slot.language is None:
        return label
    return f"{label} ({contract.languages[slot.language].in_language(language)})"


@cache
def slots_by_header(contract: Contract) -> dict[str, Slot]:
    """Every folded header that is understood: the template's in both languages, and the record's own names."""
    found: dict[str, Slot] = {}
    for path, slot in slots_by_path(contract).items():
        for header in (header_label(slot, contract, "en"), header_label(slot, contract, "fr"), path):
            found.setdefault(key(header), slot)
    return found


@cache
def labels_by_header(contract: Contract) -> dict[str, str]:
    """Folded header -> the header as the template writes it, to suggest."""
    found: dict[str, str] = {}
    for slot in slots_by_path(contract).values():
        for language in LANGUAGES:
            label = header_label(slot, contract, language)
            found.setdefault(key(label), label)
    return found

"""Where the words of a field stand in the index: as written, stemmed per language, and whole."""

from functools import cache

from mappings.contract import LANGUAGES, Contract, Field, Language


def roots(item: Field) -> tuple[str, ...]:
    """The plain text fields of a `match` field, one per language where it has words per language."""
    if item.is_prose:
        return tuple(f"{language}.{item.name}" for language in LANGUAGES)
    if item.per_language or item.type == "term":
        return tuple(f"{item.name}.{language}" for language in LANGUAGES)
    return (item.name,)


def stems(item: Field, language: Language) -> tuple[str, ...]:
    """Its fields stemmed in that language. A proper name is stemmed both ways: its language is not known."""
    if item.type == "name":
        return tuple(f"{root}.{language}" for root in roots(item))
    root = f"{language}.{item.name}" if item.is_prose else f"{item.name}.{language}"
    return (f"{root}.{language}",)


def wholes(item: Field) -> tuple[str, ...]:
    """Its fields that hold the whole value, folded, for exact names."""
    held = item.type == "name" or item.has("suggest") or item.has("sort")
    return tuple(f"{root}.exact" for root in roots(item)) if held else ()


def _weighted(item: Field, paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{path}^{item.weight:g}" for path in paths)


@cache
def plain_fields(contract: Contract) -> tuple[str, ...]:
    """All plain fields with their weights, as a multi_match takes them."""
    return tuple(path for item in contract.with_role("match") for path in _weighted(item, roots(item)))


@cache
def stem_fields(contract: Contract, language: Language) -> tuple[str, ...]:
    return tuple(path for item in contract.with_role("match") for path in _weighted(item, stems(item, language)))


@cache
def whole_fields(contract: Contract) -> tuple[str, ...]:
    return tuple(path for item in contract.with_role("match") for path in wholes(item))


def name_fields(contract: Contract, name: str) -> tuple[str, ...]:
    """The fields that hold the whole value of one field."""
    return wholes(contract.named(name))

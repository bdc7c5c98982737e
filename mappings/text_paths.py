"""Where the words of a field stand in the index: as written, stemmed per language, and whole."""

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


def weighted(item: Field, paths: tuple[str, ...]) -> list[str]:
    return [f"{path}^{item.weight:g}" for path in paths]


def plain_fields(contract: Contract) -> list[str]:
    """All plain fields with their weights, as a multi_match takes them."""
    return [path for item in contract.with_role("match") for path in weighted(item, roots(item))]


def stem_fields(contract: Contract, language: Language) -> list[str]:
    return [path for item in contract.with_role("match") for path in weighted(item, stems(item, language))]


def whole_fields(contract: Contract) -> list[str]:
    return [path for item in contract.with_role("match") for path in wholes(item)]


def name_fields(contract: Contract, name: str) -> list[str]:
    """The fields that hold the whole value of one field."""
    return list(wholes(contract.named(name)))

"""The language of text whose column does not say it."""

from indexer.cells import Row, Slot
from indexer.cleaning import line, written
from indexer.sources import Source
from mappings.contract import LANGUAGES, Language
from mappings.language_told import language_told

TELLING = ("title", "description")
READ = 100  # characters of each that are looked at: enough to be sure by, and telling takes time by the letter
LEAST_LETTERS = 24  # a title of two words is the same in both languages too often
LEAST_SURE = 0.99


def _unlabelled(row: Row) -> str:
    """The beginning of the row's text in columns that name no language."""
    cells = (row.cells.get(Slot(name)) for name in TELLING)
    return " ".join(line(written(cell.value)[:READ]) for cell in cells if cell and not isinstance(cell.value, dict))


def told_by_text(row: Row) -> Language | None:
    """The language the row's own words are in, where there are enough to be sure."""
    text = _unlabelled(row)
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        return None
    return language_told(text, LEAST_SURE)


def row_language(instruction: tuple[str, ...], row: Row, source: Source) -> Language:
    """That of instruction when it is one of ours alone, else the source's, else the text's own, else its owner's."""
    ours: list[Language] = [code for code in LANGUAGES if code in instruction]
    if len(ours) == len(instruction) == 1:
        return ours[0]
    return source.language or told_by_text(row) or source.default_language

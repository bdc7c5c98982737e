"""All titles of one language: by their words as written, by key, by abbreviation, and by likeness."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mappings.contract import Language
from mappings.title_forms import heads, whole_titles, written
from mappings.title_genders import gender_forms
from search_api.titles.abbreviations import abbreviation_of, bracketed_abbreviation, is_abbreviation, stands_for
from search_api.titles.columns import KeyColumn, Rows
from search_api.titles.neighbours import Near, Neighbours
from search_api.titles.respelling import Respeller
from search_api.titles.stems import folded_words, key_of, stems, stems_of

# More neighbours add no right code to the first five (measured at 20, 40 and 60).
NEIGHBOURS = 50
NO_ROWS: Rows = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A title with its row among the titles of all languages and its unit group."""

    row: int
    title: str
    code: str


@dataclass(frozen=True, eq=False)
class Named:
    """Rows of titles that are a text, of titles that are the text with a qualifier added, and, where the text is one
    word, of all different titles that hold it.
    """

    whole: Rows
    heads: Rows
    bearers: Rows

    def __bool__(self) -> bool:
        return bool(len(self.whole) or len(self.heads) or len(self.bearers))

    @property
    def is_title(self) -> bool:
        """Whether the text is a title, be it one that lacks its qualifier."""
        return bool(len(self.whole) or (len(self.heads) and not len(self.bearers)))


NOTHING = Named(NO_ROWS, NO_ROWS, NO_ROWS)


class LanguageTitles:
    """An index of titles, made whole at once. Texts asked of it are any words; each answer is rows."""

    def __init__(self, rows: Sequence[TitleRow], language: Language) -> None:
        self._language = language
        short = [row for row in rows if is_abbreviation(row.title)]
        said = [row for row in rows if not is_abbreviation(row.title)]
        bracketed = [(letters, row.row) for row in said if (letters := bracketed_abbreviation(row.title))]
        self._aliases = KeyColumn([*((abbreviation_of(row.title) or "", row.row) for row in short), *bracketed])
        self._spelt = self._spelt_out(said, short)
        forms = [gender_forms(row.title, language) for row in said]
        self._written = KeyColumn(
            (written(form), row.row)
            for row, each in zip(said, forms, strict=True)
            for form in (row.title, *whole_titles(each))
        )
        self._keys = self._keyed(said, map(whole_titles, forms))
        self._heads = self._keyed(said, map(heads, forms))
        self._index_words(said, forms)

    def _keyed(self, said: Iterable[TitleRow], forms: Iterable[tuple[str, ...]]) -> KeyColumn:
        return KeyColumn((self.key(form), row.row) for row, each in zip(said, forms, strict=True) for form in each)

    def _index_words(self, said: Iterable[TitleRow], forms: Iterable[tuple[str, ...]]) -> None:
        # Inverted twins and the two genders are one title: each votes once for its unit group.
        texts: dict[tuple[str, str], tuple[str, int]] = {}
        words: list[str] = []
        for row, each in zip(said, forms, strict=True):
            for form in each:
                folded = folded_words(form)
                words.extend(folded)
                stemmed = stems(folded, self._language)
                texts.setdefault((row.code, key_of(stemmed)), (" ".join(stemmed), row.row))
        self._respeller = Respeller(words)
        self._near = Neighbours.of([text for text, _row in texts.values()])
        self._near_rows = np.fromiter((row for _text, row in texts.values()), dtype=np.int32, count=len(texts))
        self._bearers = KeyColumn((word, row) for text, row in texts.values() for word in set(text.split()))

    def _spelt_out(self, said: Iterable[TitleRow], short: Iterable[TitleRow]) -> dict[str, frozenset[str]]:
        """Abbreviations with the keys of the titles of the same unit group that have their initials."""
        asked, found = defaultdict(set), defaultdict(set)
        for row in short:
            asked[row.code].add(abbreviation_of(row.title) or "")
        for row in said:
            for letters in asked.get(row.code, ()):
                if stands_for(letters, row.title):
                    found[letters].add(self.key(row.title))
        return {letters: frozenset(keys) for letters, keys in found.items()}

    def key(self, text: str) -> str:
        return key_of(stems_of(text, self._language))

    def written(self, text: str) -> Named:
        """The titles written so; nothing where none is."""
        whole = self._written.rows(written(text))
        return self._named(whole, self.key(text)) if len(whole) else NOTHING

    def normalised(self, text: str) -> Named:
        """The titles of the same words in any order, number and gender, with the text's brackets or without.

        One word needs a title of its own: "technician - pharmaceutical production" is not what "technician" means.
        """
        keys = dict.fromkeys(self.key(form) for form in whole_titles(gender_forms(text, self._language)))
        found = (self._named(self._keys.rows(key), key) for key in keys if key)
        return next((named for named in found if named.is_title), NOTHING)

    def borne(self, text: str) -> Named:
        """The titles that hold the one word that the text is."""
        return self._named(NO_ROWS, self.key(text))

    def _named(self, whole: Rows, key: str) -> Named:
        return Named(whole, self._heads.rows(key), NO_ROWS if " " in key else self._bearers.rows(key))

    def abbreviated(self, text: str) -> Named:
        """The titles that the text abbreviates, and those that qualify a title with its initials."""
        letters = abbreviation_of(text)
        whole = self._aliases.rows(letters) if letters else NO_ROWS
        qualified = [self._heads.rows(key) for key in self._spelt.get(letters or "", ())]
        return Named(whole, np.unique(np.concatenate([NO_ROWS, *qualified])), NO_ROWS)

    def readings(self, text: str) -> list[str]:
        """What a text may have been meant to say, the likeliest first; none where every word is known."""
        return [" ".join(words) for words in self._respeller.texts(folded_words(text))]

    def nearest(self, *texts: str) -> Near:
        """The titles most like all of the texts together, by row."""
        words = [word for text in texts for word in stems_of(text, self._language)]
        near = self._near.nearest(" ".join(words), NEIGHBOURS)
        return Near(self._near_rows[near.rows], near.cosines)

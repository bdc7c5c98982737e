"""Job titles, and the occupations that a text may name by them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, takewhile
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from mappings.contract import LANGUAGES, Language, preferred
from mappings.reference import ExampleTitle
from search_api.titles.calibration import FARTHEST, UNTOLD, alike, calibration_of, certainty_of, together
from search_api.titles.candidate import Basis, Candidate, Candidates, ranked
from search_api.titles.columns import Rows, TextColumn
from search_api.titles.language_titles import LanguageTitles, Named, TitleRow
from search_api.titles.likeness import LEAST_COVERED, covered
from search_api.titles.meaning import Floats, Likeness
from search_api.titles.sharing import QUALIFIED, shares

# A title is shorter; time grows with length.
MOST_LETTERS = 200
# Cosines to this power vote: of 3, 4, 5 and 7 the best on held-out titles.
VOTE_POWER = 5
# Candidates beyond these are far behind, and every one shown costs time.
MOST_SHOWN = 10
LEAST_CONFIDENCE = 0.001
# A candidate is met by its words where these alone give at least so much of its confidence and most of them stand in
# the title, else by its meaning.
TOLD_BY_TITLES = 0.5


@dataclass(frozen=True, eq=False)
class Votes:
    """The codes that the nearest titles stand under: shares of the votes, and each code's nearest title.

    `codes` are places in the index's list of codes; `nearest` is the cosine of the nearest title of all.
    """

    codes: Rows
    shares: Floats
    rows: Rows
    nearest: float


@dataclass(frozen=True)
class Sharing:
    """The likeliest candidates of a text that names titles, and what all its candidates leave open (0 to 1)."""

    candidates: Candidates
    left: float


class Told(NamedTuple):
    """A place in the index's list of codes, the row of the title that stands for it, and how likely it is."""

    code: int
    row: int
    basis: Basis
    confidence: float


class TitleIndex:
    """All titles, made whole at once and never changed: may be shared by threads and by forked workers.

    57,000 titles are made in 5 to 7 seconds and take 70 MB.
    """

    def __init__(self, titles: Iterable[ExampleTitle]) -> None:
        spoken: dict[Language, list[TitleRow]] = {language: [] for language in LANGUAGES}
        for number, title in enumerate(title for title in titles if title.title.strip()):
            spoken[title.language].append(TitleRow(number, title.title.strip(), title.code))
        rows = sorted(chain.from_iterable(spoken.values()), key=attrgetter("row"))
        self.codes = tuple(sorted({row.code for row in rows}))
        self._codes = np.array(self.codes, dtype=np.str_)
        places = {code: place for place, code in enumerate(self.codes)}
        self._texts = TextColumn([row.title for row in rows])
        self._code_of = np.fromiter((places[row.code] for row in rows), dtype=np.int32, count=len(rows))
        self.calibration = calibration_of(len(rows), len(self.codes))
        self._languages: dict[Language, LanguageTitles] = {}
        self._first: dict[Language, dict[str, int]] = {}
        for language, own in spoken.items():
            self._languages[language] = LanguageTitles(own, language)
            self._first[language] = {row.code: row.row for row in reversed(own)}

    def find(self, text: str, language: Language, most: int = 5, likeness: Likeness | None = None) -> Candidates:
        """The occupations a text may name, the best first, ties by code; at most 200 letters of it are read.

        Titles of the other language count only where the whole text is one. What the named titles leave open is told by
        the titles most alike and, where it is given, by the query's likeness in meaning to occupations.
        """
        asked = text[:MOST_LETTERS]
        readings = self._languages[language].readings(asked)
        named = self._named(asked, language) or self._read(readings, language) or self._foreign(asked, language)
        left = named.left if named else 1.0
        # A misspelt word counts beside its likeliest reading, for it may be a right one that no title holds.
        votes = self.votes(language, asked, *readings[:1])
        told = self._alike(votes) if likeness is None else self._told(asked, votes, likeness, language)
        likely = takewhile(lambda one: one.confidence * left >= LEAST_CONFIDENCE, told)
        others = [self._candidate(one.code, one.row, language, one.basis, one.confidence * left) for one in likely]
        found = ranked([*(named.candidates if named else ()), *others])
        return tuple(one for one in found if one.confidence >= LEAST_CONFIDENCE)[:most]

    def names(self, text: str, language: Language) -> bool:
        """Whether the whole text is a title of that language, as written or in another number, gender or order."""
        titles = self._languages[language]
        return bool(titles.written(text) or titles.normalised(text))

    def title_of(self, code: str, language: Language) -> str | None:
        """The title of an occupation that stands first; None for a code nothing is known of."""
        row = self._first[language].get(code)
        return None if row is None else self._texts[row]

    def holds(self, word: str, language: Language) -> bool:
        """Whether titles of that language have the one word that the text is."""
        return bool(self._languages[language].borne(word))

    def votes(self, language: Language, *texts: str) -> Votes:
        """Each title near to the texts together votes for its code."""
        near = self._languages[language].nearest(*texts)
        codes, first, voters = np.unique(self._code_of[near.rows], return_index=True, return_inverse=True)
        weights = np.bincount(voters, weights=near.cosines**VOTE_POWER, minlength=len(codes))
        nearest = float(near.cosines[0]) if len(near.cosines) else 0.0
        return Votes(codes, (weights / max(weights.sum(), 1e-9)).astype(np.float32), near.rows[first], nearest)

    def _named(self, text: str, language: Language) -> Sharing | None:
        """Candidates by the first way in which the text names a title of that language."""
        titles = self._languages[language]
        ways: tuple[tuple[Basis, Callable[[str], Named]], ...] = (
            ("exact", titles.written),
            ("normalised", titles.normalised),
            ("alias", titles.abbreviated),
            ("words", titles.borne),
        )
        met = ((basis, named) for basis, way in ways if (named := way(text)))
        return next((self._shared(named, basis, language) for basis, named in met), None)

    def _read(self, readings: Iterable[str], language: Language) -> Sharing | None:
        """Candidates by the first reading of a misspelt text that names a title."""
        titles = self._languages[language]
        met = (named for reading in readings if (named := titles.normalised(reading) or titles.borne(reading)))
        return next((self._shared(named, "typo", language) for named in met), None)

    def _foreign(self, text: str, language: Language) -> Sharing | None:
        others = (other for other in preferred(language) if other != language)
        return next((found for other in others if (found := self._named(text, other))), None)

    def _shared(self, named: Named, basis: Basis, language: Language) -> Sharing:
        """The likeliest codes of the titles met, each with the first title met of it."""
        met = (named.whole, named.heads, named.bearers)
        whole, heads, bearers = (self._code_of[rows].tolist() for rows in met)
        rows = np.concatenate(met).tolist()
        first = dict(zip(reversed([*whole, *heads, *bearers]), reversed(rows), strict=True))
        shared = shares(whole, heads, bearers, 1 if basis == "alias" else QUALIFIED)
        likeliest = sorted(shared, key=lambda code: -shared[code])[:MOST_SHOWN]
        certainty = certainty_of(basis, whole=bool(whole), bearers=bool(bearers))
        found = (self._candidate(code, first[code], language, basis, certainty * shared[code]) for code in likeliest)
        return Sharing(tuple(found), 1 - certainty * sum(shared.values()))

    def _alike(self, votes: Votes) -> Iterator[Told]:
        """The likeliest codes by votes alone."""
        told = zip(votes.codes.tolist(), votes.shares.tolist(), votes.rows.tolist(), strict=True)
        for code, share, row in sorted(told, key=lambda vote: -vote[1])[:MOST_SHOWN]:
            yield Told(code, row, "words", alike(share, votes.nearest, self.calibration.alike))

    def _told(self, text: str, votes: Votes, likeness: Likeness, language: Language) -> Iterator[Told]:
        """The likeliest codes by votes and meaning together, each by what tells most of it."""
        shares, cosines = np.zeros(len(self.codes), np.float32), np.full(len(self.codes), FARTHEST, np.float32)
        shares[votes.codes], cosines[votes.codes] = votes.shares, UNTOLD
        places = np.minimum(np.searchsorted(self._codes, likeness.codes), len(self._codes) - 1)
        known = self._codes[places] == likeness.codes
        cosines[places[known]] = likeness.cosines[known]
        confidences = together(shares, votes.nearest, cosines, self.calibration.weights)
        nearest = dict(zip(votes.codes.tolist(), votes.rows.tolist(), strict=True))
        for code in np.argsort(-confidences, kind="stable")[:MOST_SHOWN].tolist():
            confidence, row = float(confidences[code]), nearest.get(code)
            alone = alike(float(shares[code]), votes.nearest, self.calibration.alike)
            worded = alone >= TOLD_BY_TITLES * confidence
            if row is not None and worded and covered(text, self._texts[row], language) >= LEAST_COVERED:
                yield Told(code, row, "words", confidence)
            elif (first := self._first[language].get(self.codes[code])) is not None:
                yield Told(code, first, "meaning", confidence)

    def _candidate(self, code: int, row: int, language: Language, basis: Basis, confidence: float) -> Candidate:
        return Candidate(self.codes[code], self._texts[row], language, basis, round(confidence, 4))

"""Finds what a query means: a known name, names within it, a misspelt one, or the occupations it is most like."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from mappings.contract import Language
from mappings.knowledge import Knowledge, Target
from mappings.phrases import PhraseIndex, fold, words_of
from mappings.telling import terms_of
from search_api.codes import noc_code
from search_api.language_seen import language_seen
from search_api.titles import TitleIndex, is_ambiguous, known_titles
from search_api.titles.candidate import Candidate, Candidates
from search_api.titles.likeness import LEAST_COVERED, covered
from search_api.titles.meaning import Likeness
from search_api.understanding import LEAST_TELLING, MOST_USES, WHOLE, Basis, Meaning, Understanding

# A near miss must share this much (0 to 100, indel ratio): one slip in seven letters passes, another word does not.
LEAST_LIKENESS = 86
# Shorter words have too many neighbours to guess at.
LEAST_LENGTH = 5
# Of names of skills and tools with a slip of one letter; as measured of job titles.
TYPO_CONFIDENCE = 0.85
MOST_CANDIDATES = 8
# An occupation that is named is taken from this confidence on; « chef » names fifty, each less likely than that.
LEAST_NAMED = 0.15
# Of occupations under one name, those at least this likely beside the likeliest.
LEAST_BESIDE = 0.5
# What is only like a title is taken from this confidence on, if the title has most of its letters.
LEAST_LIKE = 0.5
# What is only near in meaning is taken from this confidence on: four in five are right, as shipped and after an import.
LEAST_MEANT = 0.8
# What is less likely is not worth listing.
LEAST_OFFERED = 0.02
# Where not even the likeliest is this likely, the words mean no occupation and what they are nearest to is chance.
LEAST_FIRST = 0.1
# An alternative that shares next to nothing with the words is a chance likeness of letters.
LEAST_SHARED = 0.3
NO_NAMES: PhraseIndex[Target] = PhraseIndex([])


def _taken(found: Iterable[Candidate], bases: Iterable[Basis], least: float) -> list[Candidate]:
    """The occupations of these bases that are likely enough, by themselves and beside the likeliest."""
    likely = [one for one in found if one.basis in bases and one.confidence >= least]
    return [one for one in likely if one.confidence >= LEAST_BESIDE * likely[0].confidence]


def _meant(found: Iterable[Candidate], text: str) -> list[Meaning]:
    return [
        Meaning(Target("occupation", one.code), one.basis, 0, len(text), one.confidence, one.title) for one in found
    ]


def _unchanging(titles: TitleIndex) -> Callable[[], TitleIndex]:
    return lambda: titles


class Interpreter:
    """Understands queries. Safe to share between threads.

    `titles` gives the job titles as they are now; without it those of the knowledge are used.
    """

    def __init__(self, knowledge: Knowledge, titles: Callable[[], TitleIndex] | None = None) -> None:
        self._knowledge = knowledge
        self.titles = titles or _unchanging(TitleIndex(known_titles(knowledge)))
        self._spellings = {fold(phrase): phrase for phrase in knowledge.term_names() if len(phrase) >= LEAST_LENGTH}

    def understand(
        self,
        text: str,
        language: Language,
        names: PhraseIndex[Target] = NO_NAMES,
        likeness: Likeness | None = None,
    ) -> Understanding:
        """What a query without its limits means.

        `names` are those of the served index: institutions and subjects. `likeness` is the query's to
        occupations, in meaning.
        """
        if not text.strip():
            return Understanding(text, language)
        coded = self._coded(text, language)
        if coded:
            return Understanding(text, language, (coded,), self._uses([coded]))
        seen = language_seen(text)
        found = self.candidates(text, seen or language, likeness)
        meanings = self._meanings(text, found, names)
        others = tuple(self._others(text, found, meanings))
        named_else = any(meaning.target.kind != "occupation" for meaning in meanings)
        return Understanding(
            text,
            language,
            meanings,
            self._uses(meanings),
            alternatives=others,
            ambiguous=not named_else and self._is_ambiguous(text, found, meanings),
            seen=seen,
        )

    def _coded(self, text: str, language: Language) -> Meaning | None:
        """The occupation whose code the whole text is."""
        code = noc_code(text)
        title = self.titles().title_of(code, language) if code else None
        return Meaning(Target("occupation", code), "exact", 0, len(text), title=title) if code and title else None

    def reading(self, text: str, language: Language) -> str:
        """The text as it is searched for: for an occupation's code, what the occupation is called."""
        coded = self._coded(text, language)
        return coded.title if coded else text

    def _others(self, text: str, found: Candidates, meanings: tuple[Meaning, ...]) -> Iterator[Candidate]:
        """Occupations that may be meant besides; none where the query names an institution."""
        kinds, taken = {one.target.kind for one in meanings}, {one.target.id for one in meanings}
        for one in found if "institution" not in kinds else ():
            shared = one.basis != "words" or covered(text, one.title, one.language) >= LEAST_SHARED
            chance = one.basis == "meaning" and found[0].confidence < LEAST_FIRST
            if shared and not chance and one.code not in taken and one.confidence >= LEAST_OFFERED:
                yield one

    def candidates(self, text: str, language: Language, likeness: Likeness | None = None) -> Candidates:
        """The occupations that the whole text may name, the likeliest first."""
        return self.titles().find(text, language, MOST_CANDIDATES, likeness)

    def name_spans(self, text: str, language: Language) -> list[tuple[int, int]]:
        """Where known names stand in a text (character offsets); all of it where it is one as a whole."""
        if self._knowledge.phrases.exact(text) or self.titles().names(text, language):
            return [(0, len(text))]
        return [(hit.start, hit.end) for hit in self._knowledge.phrases.find(text)]

    def _meanings(self, text: str, found: Candidates, names: PhraseIndex[Target]) -> tuple[Meaning, ...]:
        whole = [*self._exact(text, names), *_meant(_taken(found, WHOLE, LEAST_NAMED), text)]
        if whole:
            return tuple(whole)
        return tuple(self._within(text)) or tuple(self._misspelt(text, found)) or tuple(self._like(text, found))

    def _exact(self, text: str, names: PhraseIndex[Target]) -> Iterator[Meaning]:
        """Everything but occupations that the whole query names."""
        for target in (*names.exact(text), *self._knowledge.phrases.exact(text)):
            if target.kind != "occupation":
                yield Meaning(target, "exact", 0, len(text))

    def _within(self, text: str) -> Iterator[Meaning]:
        for hit in self._knowledge.phrases.find(text):
            for target in hit.targets:
                yield Meaning(target, "phrase", hit.start, hit.end)

    def _misspelt(self, text: str, found: Candidates) -> Sequence[Meaning]:
        titles = _meant(_taken(found, {"typo"}, LEAST_LIKE), text)
        return titles or [Meaning(target, "typo", 0, len(text), TYPO_CONFIDENCE) for target in self._nearest_term(text)]

    def _nearest_term(self, text: str) -> tuple[Target, ...]:
        asked = " ".join(fold(word.written) for word in words_of(text))
        if len(asked) < LEAST_LENGTH:
            return ()
        near = process.extractOne(asked, self._spellings.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        return self._knowledge.phrases.exact(self._spellings[near[0]]) if near else ()

    def _like(self, text: str, found: Candidates) -> Sequence[Meaning]:
        """One word that is no title is in many; of several, nearly all must be in the title, or mean it."""
        if len(words_of(text)) < 2:
            return ()
        like = _taken(found, {"words"}, LEAST_LIKE)
        worded = [one for one in like if covered(text, one.title, one.language) >= LEAST_COVERED]
        return _meant(worded or _taken(found, {"meaning"}, LEAST_MEANT), text)

    def _is_ambiguous(self, text: str, found: Candidates, meanings: tuple[Meaning, ...]) -> bool:
        """Whether the words are a title of several occupations, or a word that many titles have."""
        named = [meaning for meaning in meanings if meaning.target.kind == "occupation"]
        if named and named[0].basis == "phrase":
            return False
        return is_ambiguous(found) and (bool(named) or self.titles().holds(text, found[0].language))

    def _uses(self, meanings: Iterable[Meaning]) -> Mapping[str, float]:
        """The most telling skills and tools of the occupations understood."""
        named = (meaning.target.id for meaning in meanings if meaning.target.kind == "occupation")
        known = (self._knowledge.occupations[code] for code in named if code in self._knowledge.occupations)
        found = {term: self._knowledge.telling[term] for occupation in known for term in terms_of(occupation)}
        most = sorted(found, key=lambda term: (-found[term], term))[:MOST_USES]
        return {term: found[term] for term in most if found[term] >= LEAST_TELLING}

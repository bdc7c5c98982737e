"""Golden queries asked of an index about to be served, and of the one it is to replace."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.embedding import Embedded
from indexer.failures import IndexerError
from indexer.golden import kept
from indexer.golden.asking import Answers, asked
from indexer.golden.comparison import GoldenReport, compared, judging_none
from indexer.golden.telling import golden_lines
from indexer.golden.turnover import Turnover, turnover_of
from indexer.load import Stored
from indexer.occupation_vectors import file_of, write_anew
from indexer.run_state import Run
from indexer.settings import Settings
from mappings.golden import GoldenError, GoldenQuery, asked_digest, read_golden
from mappings.index_meta import IndexMeta


def queries_of(settings: Settings) -> tuple[GoldenQuery, ...]:
    """The golden queries that are set; none without. Raises IndexerError naming the file and the row."""
    file = settings.golden_file
    try:
        return read_golden(file) if file else ()
    except GoldenError as error:
        raise IndexerError(str(error)) from error


def must_be_asked(run: Run) -> bool:
    """Whether only answers can tell what golden queries say of the load. What is known without is told at once."""
    if run.queries and run.golden is None:
        run.golden = _known(run)
        _tell(run)
    return bool(run.queries) and run.golden is None


def judge(run: Run, embedded: Embedded, name: str, meta: IndexMeta) -> None:
    """What golden queries say of the new index. Raises IndexerError when they cannot be asked."""
    if must_be_asked(run):
        run.golden = _answered(run, embedded, name, meta)
        _tell(run)


def _tell(run: Run) -> None:
    for line in golden_lines(run.golden) if run.golden else ():
        run.progress.say(line)


def keep_answers(run: Run) -> None:
    """What the index that is now served answered, if it was asked."""
    if run.index and run.answers:
        asked_of = asked_digest(run.queries)
        held = kept.KeptAnswers(index=run.index, asked=asked_of, answers=tuple(run.answers.values()))
        kept.keep(run.settings, held, run.progress.say)


def _known(run: Run) -> GoldenReport | None:
    """The report of a load that has nothing to lose: asking would only keep learners waiting."""
    return judging_none(run.queries, _turnover(run)) if run.served else GoldenReport(note="first_load")


def _answered(run: Run, embedded: Embedded, name: str, meta: IndexMeta) -> GoldenReport:
    assert run.served is not None
    answers = _asked(run, embedded, name, run.served if _is_alike(run.served, meta) else None)
    run.answers = answers[name]
    before = answers.get(run.served.name) or _kept(run, run.served)
    return compared(run.queries, before, run.answers, _turnover(run))


def _turnover(run: Run) -> Turnover:
    return turnover_of(run.served_courses, {listing.id: listing.fold for listing in run.listings})


def _is_alike(served: Stored, meta: IndexMeta) -> bool:
    """Whether the reader of the new index can read the served one."""
    return served.meta is not None and served.meta.complete and served.meta.fingerprint == meta.fingerprint


def _kept(run: Run, served: Stored) -> Answers | None:
    return kept.kept_answers(run.settings, served.name, asked_digest(run.queries))


def _asked(run: Run, embedded: Embedded, name: str, served: Stored | None) -> Mapping[str, Answers]:
    """The answers of the new index, and of the served one, each with the occupations' vectors it is served with."""
    settings, file = run.settings, run.settings.golden_file
    assert file is not None
    before = {served.name: file_of(settings)} if served else {}
    total = len(run.queries) * (len(before) + 1)
    of_whom = "the new index and of the served one" if served else "the new index"
    with (
        TemporaryDirectory() as folder,
        run.progress.stage("golden", f"{len(run.queries)} queries asked of {of_whom}", total) as advance,
    ):
        vectors = write_anew(settings, embedded, Path(folder) / file_of(settings).name)
        return asked(settings, file, run.queries, {**before, name: vectors}, advance)

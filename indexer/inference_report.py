"""`python -m indexer inference-check`: what was measured, in lines for the terminal."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexer.evidence import FEATURES, Matrix
from indexer.fitting import fitted
from indexer.inference import THRESHOLDS, Guessed, Measured, Workshop, bands, guessed, left_out, measured
from indexer.occupations import LEAST, WEIGHTS

HEADER = "  score from   first right   all right   codes found   with a guess   guesses judged, not judged"


def _curve_line(at: Measured) -> str:
    shares = (at.precision_first, at.precision_all, at.recall, at.coverage)
    widths = (14, 12, 14, 15)
    told = "".join(f"{share:>{width}.1%}" for share, width in zip(shares, widths, strict=True))
    mark = "*" if at.least == LEAST else " "
    return f"{mark} {at.least:>9.2f} {told}{at.judged:>17}{at.unjudged:>12}"


def curve(found: Sequence[Guessed]) -> Iterator[str]:
    """Precision and recall by threshold; the one in use bears a star."""
    yield HEADER
    for least in sorted({*THRESHOLDS, LEAST}):
        yield _curve_line(measured(found, least))


def _summary(what: str, found: Sequence[Guessed]) -> str:
    at = measured(found, LEAST)
    return (
        f"{what}: first guess right {at.precision_first:.1%}, all guesses {at.precision_all:.1%}, "
        f"known codes found {at.recall:.1%}, {at.coverage:.0%} get a guess"
    )


def _calibration(found: Sequence[Guessed]) -> Iterator[str]:
    yield "  whether scores keep their word:"
    for band in bands(found):
        yield f"    score from {band.low:.1f}: {band.guesses} guesses, {band.right:.0%} right"


def _parameters(anew: Matrix) -> Iterator[str]:
    yield "  parameters in use, and fitted anew on all of these:"
    for name, used, fit in zip(("start", *FEATURES), WEIGHTS, anew, strict=True):
        yield f"    {name:<20}{used:>7.1f}{fit:>9.2f}"


def stated_report(workshop: Workshop) -> Iterator[str]:
    """On the catalogue's own codes. Raises IndexerError."""
    cases = workshop.stated()
    apart = left_out(cases)
    yield _summary(f"{len(cases)} listings with known codes", [guessed(case) for case in cases])
    yield _summary("  each tenth guessed with parameters fitted on the others", apart)
    yield from (*curve(apart), *_calibration(apart), *_parameters(fitted(cases)))


def judged_report(workshop: Workshop, folder: Path) -> Iterator[str]:
    """On a judged collection, with the parameters in use. Raises IndexerError."""
    found = [guessed(case) for case in workshop.judged(folder)]
    known = sum(one.stated > 0 for one in found)
    yield _summary(f"{len(found)} documents of {folder.resolve().name}, {known} with known codes", found)
    yield from (*curve(found), *_calibration(found))


def tell(workshop: Workshop, folder: Path | None, say: Callable[[str], None]) -> None:
    """Measures and says it. Raises IndexerError."""
    for line in stated_report(workshop):
        say(line)
    for line in judged_report(workshop, folder) if folder else ():
        say(line)

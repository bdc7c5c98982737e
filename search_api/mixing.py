"""Institutions take turns where scores are as good as equal: none fills a page for its place in the alphabet."""

from collections import Counter
from collections.abc import Iterator, Sequence

from search_api.fusion import Ranked


def mixed(ranked: Sequence[Ranked], tie: float) -> Iterator[Ranked]:
    """The order with institutions mixed among listings that score no more than `tie` below the first of them.

    The first of each institution keep their order, then come the second ones. `ranked` is best first; of it no more is
    looked at than is wanted.
    """
    return (hit for run in _runs(ranked, tie) for hit in _in_turns(run))


def _runs(ranked: Sequence[Ranked], tie: float) -> Iterator[list[Ranked]]:
    run: list[Ranked] = []
    for hit in ranked:
        if run and (hit.named != run[0].named or run[0].score - hit.score > tie):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def _in_turns(run: Sequence[Ranked]) -> Sequence[Ranked]:
    if len(run) < 3:  # two have taken turns already
        return run
    seen: Counter[str] = Counter()
    turns = []
    for hit in run:
        turns.append(seen[hit.institution])
        seen[hit.institution] += 1
    return [hit for _, hit in sorted(zip(turns, run, strict=True), key=lambda pair: pair[0])]

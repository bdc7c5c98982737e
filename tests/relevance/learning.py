"""How the adapter is learned: both sides turned so that what answers a query lies nearer to it than what does not.

The loss is the cross-entropy of the answers among all documents, by cosines over a temperature (InfoNCE with every
document as a negative; van den Oord and others, 2018), and a penalty on turning at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import normalize

from mappings.adapter import turned
from mappings.vectors import Vectors
from tests.relevance.examples import Examples, Flags
from tests.relevance.folds import folds
from tests.relevance.gains import gained, ideal

SEED = 2021


@dataclass(frozen=True)
class Schooling:
    """How it is learned. `penalty` on the squares of both matrices; `names` is what names of occupations count beside
    all judged queries, of which `drawn` are taken a step.
    """

    penalty: float = 0.03
    temperature: float = 0.05
    steps: int = 60
    rate: float = 0.003
    names: float = 1.0
    drawn: int = 600


def _loss(examples: Examples, rows: Flags, query: torch.Tensor, document: torch.Tensor, heat: float) -> torch.Tensor:
    asked, told = torch.from_numpy(examples.queries[rows]), torch.from_numpy(examples.documents)
    right = torch.from_numpy(examples.relevant[rows].astype(np.float32))
    cosines = normalize(asked + asked @ query, dim=1) @ normalize(told + told @ document, dim=1).T
    likely: torch.Tensor = (torch.log_softmax(cosines / heat, 1) * right).sum(1) / right.sum(1)
    return -likely.mean()


def _shares(judged: Sequence[Examples]) -> list[float]:
    """A set counts by the root of its size: the largest must not drown the others."""
    sizes = [len(one.queries) ** 0.5 for one in judged]
    return [size / sum(sizes) for size in sizes]


def learned(judged: Sequence[Examples], named: Sequence[Examples], how: Schooling) -> tuple[Vectors, Vectors]:
    """The matrices of queries and of documents; the same ones for the same examples. Either list may be empty."""
    generator = np.random.default_rng(SEED)
    size = (*judged, *named)[0].queries.shape[1]
    query, document = (torch.zeros(size, size, requires_grad=True) for _ in range(2))
    optimiser = torch.optim.Adam([query, document], lr=how.rate)
    shares = _shares(judged)
    for _ in range(how.steps):
        loss = how.penalty * ((query**2).sum() + (document**2).sum())
        for one, share in zip(judged, shares, strict=True):
            loss = loss + share * _loss(one, np.ones(len(one.queries), bool), query, document, how.temperature)
        for one in named:
            drawn = _drawn(len(one.queries), how.drawn, generator)
            loss = loss + how.names / len(named) * _loss(one, drawn, query, document, how.temperature)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return query.detach().numpy(), document.detach().numpy()


def _drawn(size: int, most: int, generator: np.random.Generator) -> Flags:
    rows = np.zeros(size, bool)
    rows[generator.choice(size, min(size, most), replace=False)] = True
    return rows


def ndcg(examples: Examples, query: Vectors | None, document: Vectors | None) -> Vectors:
    """nDCG@10 of each query by cosines alone, with or without an adapter. Shape (n,)."""
    cosines = turned(examples.queries, query) @ turned(examples.documents, document).T
    found: Vectors = gained(cosines, examples.grades) / ideal(examples.grades)
    return found


def left_out(judged: Sequence[Examples], named: Sequence[Examples], how: Schooling, count: int) -> dict[str, float]:
    """Mean nDCG@10 by set, each query asked with an adapter that saw none of its group."""
    fold = folds((group for one in judged for group in one.groups), count)
    found: dict[str, list[Vectors]] = {one.name: [] for one in judged}
    for number in range(count):
        held = {one.name: np.array([fold[group] == number for group in one.groups]) for one in judged}
        taught = [one.part(~held[one.name]) for one in judged if not held[one.name].all()]
        query, document = learned(taught, named, how)
        for one in (one for one in judged if held[one.name].any()):
            found[one.name].append(ndcg(one.part(held[one.name]), query, document))
    return {name: float(np.concatenate(each).mean()) for name, each in found.items()}

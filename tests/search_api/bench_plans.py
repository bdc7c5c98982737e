"""How long a plan takes to solve: `python -m tests.search_api.bench_plans` prints p50 and p95 in milliseconds.

2,600 generated listings that teach two to eight of a vocabulary's 900 terms, for occupations that need 10 to 25. Terms
are as common as in the sample catalogue, where the commonest is in a tenth of all listings and half are in one only.
Nothing here is a test: times differ from machine to machine.
"""

import argparse
import datetime as dt
import random
import statistics
import time

from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits
from search_api.plans.model import Problem
from search_api.plans.placing import placed
from search_api.plans.reduction import reduced
from search_api.plans.solver import best, cheapest, shortest

EARLIEST = dt.date(2027, 1, 4)
TERMS = [f"t{rank:03}" for rank in range(900)]
# Zipf's law, its head flattened: what is taught, and what occupations need, which is seldom the commonest.
TAUGHT = [1 / (rank + 8) for rank in range(900)]
NEEDED = [1 / (rank + 150) for rank in range(900)]
LISTINGS = 2600


def terms(chance: random.Random, commonness: list[float], least: int, most: int) -> frozenset[str]:
    return frozenset(chance.choices(TERMS, commonness, k=chance.randint(least, most)))


def listing(number: int, chance: random.Random) -> Candidate:
    self_paced = chance.random() < 0.1
    weeks = chance.choice([0.2, 1, 2, 4, 6, 8, 10, 12, 14, 16])
    days = (chance.randrange(0, 330, 7) for _start in range(chance.randint(1, 4)))
    return Candidate(
        id=f"listing-{number:04}",
        covers=terms(chance, TAUGHT, 2, 8),
        cost=None if chance.random() < 0.12 else float(chance.randrange(0, 2000, 5)),
        hours=float(max(2, round(weeks * chance.uniform(1, 9)))),
        weeks=None if self_paced else float(weeks),
        starts=() if self_paced else tuple(EARLIEST + dt.timedelta(days=day) for day in days),
        self_paced=self_paced,
        delivery=chance.choice(["online", "in_person", "hybrid"]),
        languages=frozenset({chance.choice(["en", "en", "fr"])}),
    )


LIMITS = {
    "no limits": Limits(earliest=EARLIEST),
    "budget": Limits(earliest=EARLIEST, budget=80_000),
    "budget, 30 weeks": Limits(earliest=EARLIEST, budget=80_000, days=210),
    "budget, 30 weeks, 10 hours": Limits(earliest=EARLIEST, budget=80_000, days=210, load=1000),
    "20 weeks, 6 hours": Limits(earliest=EARLIEST, days=140, load=600),
    "52 weeks, 8 hours, 3 listings": Limits(earliest=EARLIEST, days=364, load=800, most=3),
}


def measured(candidates: list[Candidate], needed: list[str], limits: Limits) -> tuple[float, int, int, bool]:
    """Milliseconds for a plan and its alternatives, candidates, those the solver saw, whether all was proven."""
    begun = time.perf_counter()
    teaching = [
        each.__class__(**{**each.__dict__, "covers": each.covers & set(needed)})
        for each in candidates if each.covers & set(needed)
    ]  # fmt: skip
    fitting = placed(teaching, limits)
    weights = {identifier: 100 + 37 * place for place, identifier in enumerate(needed)}
    problem = Problem(reduced(fitting.placeables, limits, needed), weights, limits)
    found = best(problem)
    covered = sum(weights[x] for x in found.covered)
    others = shortest(problem, covered), cheapest(problem, int(covered * 0.8))
    proven = found.optimal and all(each is not None and each.optimal for each in others)
    return (time.perf_counter() - begun) * 1000, len(teaching), len(problem.placeables), proven


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    chance = random.Random(1)  # noqa: S311 - a catalogue, not a secret
    candidates = [listing(number, chance) for number in range(LISTINGS)]
    for name, limits in LIMITS.items():
        runs = [measured(candidates, sorted(terms(chance, NEEDED, 10, 25)), limits) for _round in range(rounds)]
        times = sorted(run[0] for run in runs)
        p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
        seen = f"{statistics.median(run[1] for run in runs):.0f} -> {statistics.median(run[2] for run in runs):.0f}"
        print(f"{name:32} p50 {statistics.median(times):6.0f} ms  p95 {p95:6.0f} ms  listings {seen:12} "
              f"proven {sum(run[3] for run in runs)}/{rounds}")  # fmt: skip


if __name__ == "__main__":
    main()

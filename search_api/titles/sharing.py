"""How the codes of the titles that a text names share its meaning."""

from collections import Counter
from collections.abc import Sequence

# "Personal support worker - home support" counts less than the occupation that is just called so; an abbreviation says
# less than its words, so there both count alike.
QUALIFIED = 0.3
# Where fewer of the titles that hold a word than this are its occupation's own, it means too much to name that alone:
# « chef » is also the official title of cooks' chefs, and a head of anything in 650 other titles.
LEAST_OWN = 0.1
# "Sushi" stands in one title only, which does not make it the name of an occupation.
UNSEEN = 1


def _of_one_word(whole: Sequence[int], bearers: Sequence[int]) -> tuple[dict[int, float], float]:
    weights: Counter[int] = Counter(bearers)
    total, named = len(bearers), set(whole)
    if not named:
        return dict(weights), total + UNSEEN
    if sum(weights[code] for code in named) < LEAST_OWN * total:
        return dict(weights), total
    return {code: count + (total / len(named) if code in named else 0) for code, count in weights.items()}, 2 * total


def shares(
    whole: Sequence[int], heads: Sequence[int], bearers: Sequence[int], qualified: float = QUALIFIED
) -> dict[int, float]:
    """Shares by code, together at most 1, given the codes of every title met.

    `whole` are titles that the text is, `heads` those that add a qualifier to it. `bearers` are all titles that hold a
    text of one word; they tell whether the word is one occupation's own.
    """
    if bearers:
        weights, total = _of_one_word(whole, bearers)
    elif whole:
        weights = {**dict.fromkeys(heads, qualified), **dict.fromkeys(whole, 1.0)}
        total = sum(weights.values())
    else:
        weights, total = dict(Counter(heads)), max(len(heads), 1)
    return {code: weight / total for code, weight in weights.items()}

"""From a search with a goal to what the goal looks for, or to what is missing for it."""

from collections.abc import Sequence
from dataclasses import replace

from mappings.knowledge import Knowledge
from search_api.goals.goal import Aim, Goal, Need, Pursuit
from search_api.goals.needs import Needs
from search_api.occupations.matching import Understands, matches
from search_api.search_request import SearchRequest
from search_api.understanding import Understanding

OCCUPATION = "occupation"


def _filtered(request: SearchRequest) -> tuple[str, ...]:
    """NOC codes the search is narrowed to."""
    found = (item.values for item in request.filters if item.parameter == OCCUPATION)
    return tuple(str(code) for values in found for code in values)


def _stay(goal: Goal, own: Sequence[str], sought: Sequence[str]) -> Pursuit:
    """Growing or staying current: in the occupation given, else in the one sought."""
    first, *others = own or sought or (None,)
    if first is None:
        return Pursuit(goal, missing="no_occupation")
    return Pursuit(goal, own=first, others=tuple(code for code in others if code))


def _move(goal: Goal, own: Sequence[str], sought: Sequence[str]) -> Pursuit:
    """Moving from the occupation given to the first other one that is sought."""
    first = next(iter(own), None)
    target = next((code for code in sought if code != first), None)
    if first is None:
        return Pursuit(goal, missing="pivot_without_from", target=target)
    if target is None:
        return Pursuit(goal, missing="same_occupation" if first in sought else "pivot_without_target", own=first)
    return Pursuit(goal, own=first, target=target, others=tuple(code for code in own[1:] if code != target))


class GoalReader:
    """Reads goals by the knowledge that ships. Safe to share between threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._needs = Needs(knowledge)

    def pursuing(self, request: SearchRequest, meaning: Understanding, interpreter: Understands) -> SearchRequest:
        """The search with what became of its goal; as it is when it has none."""
        if request.goal is None:
            return request
        return replace(request, pursuit=self._pursuit(request.goal, request, meaning, interpreter))

    def _pursuit(self, goal: Goal, request: SearchRequest, meaning: Understanding, interpreter: Understands) -> Pursuit:
        said = request.origin
        own = tuple(match.code for match in matches(said, request.language, interpreter)) if said else ()
        if said and not own:
            return Pursuit(goal, missing="from_unknown", said=said)
        sought = tuple(dict.fromkeys((*meaning.occupations, *_filtered(request))))
        found = replace((_move if goal == "pivot" else _stay)(goal, own, sought), said=said)
        return found if found.missing else self._aimed(found, meaning)

    def _aimed(self, found: Pursuit, meaning: Understanding) -> Pursuit:
        assert found.own is not None
        held = self._needs.knowledge.occupations
        if any(code not in held for code in (found.own, found.target) if code):
            return replace(found, missing="no_data")
        needs = self._needs.of(found.goal, found.own, found.target)
        if found.goal != "grow" and not any(need.terms for need in needs):
            return replace(found, missing="nothing_beyond" if found.target else "no_data")
        return replace(found, aim=Aim(found.goal, found.own, needs, _named(found, needs, meaning)))


def _named(found: Pursuit, needs: Sequence[Need], meaning: Understanding) -> bool:
    """Whether the words ask for an occupation of the goal: other words find what they say and no more."""
    return bool({found.own, *(need.code for need in needs)} & set(meaning.occupations))

"""From a query string to a SearchRequest, with every wrong parameter named at once."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import LanguageAccept, MultiDict

from mappings.contract import LANGUAGES, Contract, Language
from mappings.reference_regions import CANADA, REGIONS
from search_api.parameters import parameters_model, search_request, single_parameters
from search_api.problems import (
    LONGEST_ECHO,
    ParameterProblem,
    paging_problem,
    parameter_problem,
    repeated_problem,
)
from search_api.search_request import MOST_RESULTS, SearchRequest
from search_api.words import say

REGION = "region"
M = TypeVar("M", bound=BaseModel)
# Names of regions by Job Bank's code, in one language.
Regions = Callable[[Language], Mapping[str, str]]


def our_regions(language: Language) -> dict[str, str]:
    """Ontario and its economic regions."""
    return {code: name.in_language(language) for code, name in REGIONS.items() if code != CANADA}


class ParametersError(ValueError):
    """Some parameters cannot be used; `problems` names each."""

    def __init__(self, problems: tuple[ParameterProblem, ...]) -> None:
        super().__init__(", ".join(problem.parameter for problem in problems))
        self.problems = problems


def language_of(asked: str | None, accepted: LanguageAccept) -> Language:
    """The explicit language if it is one of ours, else the browser's best, else English."""
    # A browser's fr-CA stands for fr at its own place in the list, even where a plain en follows.
    wanted = (asked, *(tag.partition("-")[0].lower() for tag, quality in accepted if quality > 0))
    return next((tag for tag in wanted if tag in LANGUAGES), LANGUAGES[0])


def _validated(
    model: type[M], given: Mapping[str, Any], language: Language
) -> tuple[M | None, tuple[ParameterProblem, ...]]:
    try:
        return model.model_validate(given), ()
    except ValidationError as error:
        names = tuple(model.model_fields)
        return None, tuple(parameter_problem(item, names, language) for item in error.errors())


class RequestParser:
    """Parses query strings by the contract. `experiments` allows the parameters for measuring.

    `regions` are those a caller may ask for at the time.
    """

    def __init__(self, contract: Contract, *, experiments: bool, regions: Regions = our_regions) -> None:
        self.contract, self._regions = contract, regions
        self.model = parameters_model(contract, experiments=experiments)
        self._names = tuple(self.model.model_fields)
        self._single = single_parameters(self.model)

    def parse(self, arguments: MultiDict[str, str], language: Language) -> SearchRequest:
        """Raises ParametersError, its reasons in `language`."""
        parameters, problems = _validated(self.model, self._given(arguments), language)
        named = (*problems, *self._repeated(arguments, language), *self._region(arguments, language))
        if parameters is None or named:
            raise ParametersError(named)
        request = search_request(parameters, language, self.contract)
        if request.offset >= MOST_RESULTS:
            raise ParametersError((paging_problem(request.page, language),))
        return request

    def check(self, model: type[BaseModel], arguments: MultiDict[str, str], language: Language) -> None:
        """Refuses what a page with few parameters does not know. Raises ParametersError."""
        _, problems = _validated(model, arguments.to_dict(), language)
        repeated = [repeated_problem(name, language) for name in arguments if len(arguments.getlist(name)) > 1]
        regions = self._region(arguments, language) if REGION in model.model_fields else ()
        if problems or repeated or regions:
            raise ParametersError((*problems, *repeated, *regions))

    def _given(self, arguments: MultiDict[str, str]) -> dict[str, Any]:
        return {name: arguments[name] if self._is_single(name) else arguments.getlist(name) for name in arguments}

    def _region(self, arguments: MultiDict[str, str], language: Language) -> tuple[ParameterProblem, ...]:
        """A region there is no such code of; an empty one is refused by the model already."""
        given, known = arguments.get(REGION, "").strip(), self._regions(language)
        if not given or given in known:
            return ()
        names = ", ".join(f"{code} ({name})" for code, name in known.items())
        reason = say("refusals/region", language, known=names)
        return (ParameterProblem(parameter=REGION, value=given[:LONGEST_ECHO], reason=reason),)

    def _is_single(self, name: str) -> bool:
        return name in self._single or name not in self._names

    def _repeated(self, arguments: MultiDict[str, str], language: Language) -> Iterator[ParameterProblem]:
        for name in arguments:
            if name in self._single and len(arguments.getlist(name)) > 1:
                yield repeated_problem(name, language)

"""From a query string to a SearchRequest, with every wrong parameter named at once."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import LanguageAccept, MultiDict

from mappings.contract import LANGUAGES, Contract, Language
from search_api.parameters import Parameters, parameters_model, search_request, single_parameters
from search_api.problems import (
    ParameterProblem,
    paging_problem,
    parameter_problem,
    repeated_problem,
)
from search_api.search_request import MOST_RESULTS, SearchRequest

EXPERIMENTAL = "legs"


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


class RequestParser:
    """Parses query strings by the contract. `experiments` allows the parameters for measuring."""

    def __init__(self, contract: Contract, *, experiments: bool) -> None:
        self.contract = contract
        self.model = parameters_model(contract, experiments=experiments)
        self._names = tuple(self.model.model_fields)
        self._single = single_parameters(self.model)

    def parse(self, arguments: MultiDict[str, str], language: Language) -> SearchRequest:
        """Raises ParametersError, its reasons in `language`."""
        parameters, problems = self._validated(arguments, language)
        named = (*problems, *self._repeated(arguments, language))
        if parameters is None or named:
            raise ParametersError(named)
        request = search_request(parameters, language, self.contract)
        if request.offset >= MOST_RESULTS:
            raise ParametersError((paging_problem(request.page, language),))
        return request

    def check(self, model: type[BaseModel], arguments: MultiDict[str, str], language: Language) -> None:
        """Refuses what a page with few parameters does not know. Raises ParametersError."""
        problems = self._problems(model, arguments.to_dict(), language)
        repeated = [repeated_problem(name, language) for name in arguments if len(arguments.getlist(name)) > 1]
        if problems or repeated:
            raise ParametersError((*problems, *repeated))

    def _problems(
        self, model: type[BaseModel], given: dict[str, Any], language: Language
    ) -> tuple[ParameterProblem, ...]:
        try:
            model.model_validate(given)
        except ValidationError as error:
            names = tuple(model.model_fields)
            return tuple(parameter_problem(item, names, language) for item in error.errors())
        return ()

    def _validated(
        self, arguments: MultiDict[str, str], language: Language
    ) -> tuple[Parameters | None, tuple[ParameterProblem, ...]]:
        given = {name: arguments[name] if self._is_single(name) else arguments.getlist(name) for name in arguments}
        problems = self._problems(self.model, given, language)
        return (None, problems) if problems else (self.model.model_validate(given), ())

    def _is_single(self, name: str) -> bool:
        return name in self._single or name not in self._names

    def _repeated(self, arguments: MultiDict[str, str], language: Language) -> Iterator[ParameterProblem]:
        for name in arguments:
            if name in self._single and len(arguments.getlist(name)) > 1:
                yield repeated_problem(name, language)

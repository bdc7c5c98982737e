"""The parameters of `/v1/suggest`, each wrong one named."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mappings.contract import LANGUAGES, Language
from search_api.parameters import clean_text, described
from search_api.problems import ParameterProblem, parameter_problem, repeated_problem
from search_api.request_parsing import ParametersError
from search_api.suggest.names import KINDS, Kind

LONGEST_QUERY = 100
LIMIT, MOST = 10, 20
LIST = "types"


class SuggestQuery(BaseModel):
    """What is being typed, and which suggestions are wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(
        min_length=1, max_length=LONGEST_QUERY, description="What is being typed / Ce qui est en train d'être tapé"
    )
    lang: Literal[LANGUAGES] | None = Field(default=None, description=described("parameters/lang"))  # type: ignore[valid-type] # the contract's
    limit: int = Field(default=LIMIT, ge=1, le=MOST, description="Most suggestions / Nombre maximal de suggestions")
    types: list[Kind] = Field(
        default=[], max_length=len(KINDS), description="Only these kinds; repeatable / Ces genres seulement; répétable"
    )

    @property
    def text(self) -> str:
        return clean_text(self.q)


NAMES = tuple(SuggestQuery.model_fields)


def _repeated(given: Mapping[str, Sequence[str]], language: Language) -> Iterator[ParameterProblem]:
    for name, values in given.items():
        if name in NAMES and name != LIST and len(values) > 1:
            yield repeated_problem(name, language)


def _problems(error: ValidationError, language: Language) -> Iterator[ParameterProblem]:
    yield from (parameter_problem(item, NAMES, language) for item in error.errors(include_url=False))


def parsed(given: Mapping[str, Sequence[str]], language: Language) -> SuggestQuery:
    """The request of a query string's values by name. Raises ParametersError, its reasons in `language`."""
    plain: dict[str, Any] = {name: list(x) if name == LIST else x[0] for name, x in given.items()}
    repeated = tuple(_repeated(given, language))
    try:
        # Nothing typed is refused as too short, not as a parameter that is missing.
        found = SuggestQuery.model_validate({"q": "", **plain})
    except ValidationError as error:
        raise ParametersError((*_problems(error, language), *repeated)) from error
    if repeated:
        raise ParametersError(repeated)
    return found

"""What all typed records share."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

T = TypeVar("T")


class Record(BaseModel):
    """An immutable record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _listed(value: Any) -> Any:
    """A single value where many may stand is a list of one."""
    return value if isinstance(value, (list, tuple)) else (value,)


SingleOrMany = Annotated[tuple[T, ...], BeforeValidator(_listed)]

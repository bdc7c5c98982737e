"""Signing in at a feed's server, by variables that hold what must not stand in a file."""

import base64
import re
from collections.abc import Callable
from typing import Annotated

from pydantic import Field, SecretStr, field_validator, model_validator

from indexer.failures import SourceError
from indexer.rules import problem
from mappings.record import Record

Variable = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,99}$")]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")]
# Requests are framed, led elsewhere or made conditional by these.
NOT_TO_SIGN_IN = ("host", "connection", "range", "expect", "accept", "content-", "transfer-", "if-")
PRINTABLE = re.compile(r"[\x20-\x7e]+")

Secrets = Callable[[str], SecretStr | None]


class Authorization(Record):
    """One way to sign in; each key but `header` names an environment variable."""

    bearer: Variable | None = None
    basic: Variable | None = None
    header: HeaderName | None = None
    variable: Variable | None = None

    @field_validator("header")
    @classmethod
    def _signs_in(cls, header: str | None) -> str | None:
        if header and header.lower().startswith(NOT_TO_SIGN_IN):
            raise ValueError("this header is no way to sign in")
        return header

    @model_validator(mode="after")
    def _one_way(self) -> "Authorization":
        ways = [way for way in (self.bearer, self.basic, self.header) if way]
        if len(ways) != 1 or (self.header is None) != (self.variable is None):
            raise ValueError("give one of bearer, basic, or header with variable")
        return self

    @property
    def named(self) -> str:
        """The variable that is needed."""
        return self.bearer or self.basic or self.variable or ""


def _secret(variable: str, secrets: Secrets) -> str:
    """Raises SourceError, which names the variable and nothing of what it holds."""
    held = secrets(variable)
    value = held.get_secret_value().strip() if held else ""
    if not value:
        raise SourceError(problem("fetch_secret_missing", variable=variable))
    return value


def _unusable(variable: str) -> SourceError:
    return SourceError(problem("fetch_secret_unusable", variable=variable))


def signed_in(authorization: Authorization | None, secrets: Secrets) -> dict[str, str]:
    """The header that signs in, or none. Raises SourceError."""
    if authorization is None:
        return {}
    value = _secret(authorization.named, secrets)
    if authorization.basic:
        if ":" not in value:
            raise _unusable(authorization.named)
        return {"Authorization": f"Basic {base64.b64encode(value.encode()).decode()}"}
    if not PRINTABLE.fullmatch(value):
        raise _unusable(authorization.named)
    return {authorization.header: value} if authorization.header else {"Authorization": f"Bearer {value}"}

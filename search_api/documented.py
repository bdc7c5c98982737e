"""Ties a view to the records that describe it in the OpenAPI document."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Response
from pydantic import BaseModel

from search_api.problems import MEDIA_TYPE, Problem

View = Callable[..., Response]
# What flask-openapi takes for an operation's responses.
Responses = dict[str | int, type[BaseModel] | Any]
PROBLEM_SCHEMA = {"$ref": f"#/components/schemas/{Problem.__name__}"}


def documented(view: View, **records: type[BaseModel]) -> View:
    """The view, described by `query` and `path` records; it parses its own parameters, to name every wrong one."""
    view.__annotations__ = records
    view.__delay_validate_request__ = True  # type: ignore[attr-defined] # flask-openapi's own mark
    return view


def problem_responses(*statuses: HTTPStatus) -> Responses:
    """Each status as a problem-details response."""
    content = {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}
    return {int(status): {"description": status.phrase, "content": content} for status in statuses}

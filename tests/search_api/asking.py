"""How the tests ask the API: an answer or a problem, each with what every one of them must have."""

from functools import cache
from typing import Any

from flask.testing import FlaskClient

Json = dict[str, Any]
SEARCH = "/v1/credentials"


def ask(api: FlaskClient, path: str = SEARCH, **parameters: Any) -> Json:
    """A good answer's body."""
    response = api.get(path, query_string=parameters)
    assert response.status_code == 200, response.text
    body: Json = response.get_json()
    return body


class Answers:
    """Answers of an API whose index does not change, with their statuses, by address."""

    def __init__(self, api: FlaskClient) -> None:
        self._api = api
        self.got = cache(self._got)

    def _got(self, link: str) -> tuple[int, Json]:
        response = self._api.get(link)
        body: Json = response.get_json()
        return response.status_code, body

    def ask(self, link: str) -> Json:
        """A good answer's body."""
        status, body = self.got(link)
        assert status == 200, body
        return body


def problem_of(api: FlaskClient, status: int, path: str = SEARCH, query: str = "", **headers: str) -> Json:
    """A problem's body; `query` is a raw query string."""
    response = api.get(f"{path}?{query}", headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    body: Json = response.get_json()
    assert body["status"] == status
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert body["title"]
    return body


def ids(answer: Json) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def hit_of(answer: Json, identifier: str) -> Json:
    return next(hit for hit in answer["hits"] if hit["id"] == identifier)


def reason_types(hit: Json) -> list[str]:
    return [reason["type"] for reason in hit["reasons"]]


def walk(api: FlaskClient, per_page: int, **parameters: Any) -> list[str]:
    """The ids of all pages, in order."""
    first = ask(api, per_page=per_page, **parameters)
    pages = [first, *(ask(api, per_page=per_page, page=page, **parameters) for page in range(2, first["pages"] + 1))]
    return [identifier for page in pages for identifier in ids(page)]


def facet(answer: Json, name: str) -> Json:
    found: Json = next(each for each in answer["facets"] if each["name"] == name)
    return found


def counts(answer: Json, name: str) -> dict[str, int]:
    return {value["value"]: value["count"] for value in facet(answer, name)["values"]}

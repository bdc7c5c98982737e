from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from search_api.latest import Latest


class Workshop:
    """Makes values and remembers which."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def making(self, value: str) -> Callable[[], str]:
        def make() -> str:
            self.made.append(value)
            return value

        return make


def test_a_value_is_made_once() -> None:
    latest, workshop = Latest[str](9), Workshop()
    assert [latest.value("basis", "a", workshop.making("a")) for _ in range(3)] == ["a", "a", "a"]
    assert workshop.made == ["a"]


def test_with_another_basis_all_is_made_anew() -> None:
    latest, workshop = Latest[str](9), Workshop()
    for basis in ("old", "new", "old"):
        assert latest.value(basis, "a", workshop.making(basis)) == basis
    assert workshop.made == ["old", "new", "old"]


def test_those_asked_for_least_lately_make_room() -> None:
    latest, workshop = Latest[str](2), Workshop()
    for key in ("a", "b", "a", "c", "a", "b"):
        latest.value("basis", key, workshop.making(key))
    assert workshop.made == ["a", "b", "c", "b"]


def test_what_was_begun_on_an_old_basis_is_not_kept_for_the_new() -> None:
    latest = Latest[str](9)

    def overtaken() -> str:
        latest.value("new", "b", lambda: "new b")
        return "old"

    assert latest.value("old", "a", overtaken) == "old"
    assert latest.value("new", "a", lambda: "new") == "new"


def test_a_value_that_cannot_be_made_is_asked_for_again() -> None:
    latest = Latest[float](9)
    for _ in range(2):
        try:
            latest.value("basis", "a", lambda: 1 / 0)
        except ZeroDivisionError:
            continue
    assert latest.value("basis", "a", lambda: 1.0) == 1.0


def test_many_may_ask_at_once() -> None:
    latest = Latest[int](3)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: latest.value(n // 500, n % 7, lambda: n % 7), range(2000)))
    assert found == [n % 7 for n in range(2000)]

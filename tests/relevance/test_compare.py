"""Two measurements compared: what is more than chance, and what moved."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.relevance.compare import Pair, chance, holm, main, moved


def a_file(folder: Path, name: str, **figures: float) -> str:
    rows: dict[str, Any] = {"hybrid": {"by_query": figures}}
    sets = [{"collection": "nj", "set": "titles", "queries": {x: f"text of {x}" for x in figures}, "rows": rows}]
    path = folder / name
    path.write_text(json.dumps({"sets": sets}), encoding="utf-8")
    return str(path)


def a_pair(before: list[float], after: list[float]) -> Pair:
    return Pair("s", "hybrid", tuple(map(str, range(len(before)))), tuple(before), tuple(after))


def test_a_steady_gain_is_no_chance_and_a_wavering_one_is() -> None:
    noise = np.random.default_rng(1).normal(0, 0.2, 60)
    before = np.full(60, 0.5)
    assert chance(a_pair(before.tolist(), (before + 0.1 + 0.1 * noise).tolist())) < 0.001
    assert chance(a_pair(before.tolist(), (before + noise - noise.mean() + 0.001).tolist())) > 0.5
    assert chance(a_pair([0.5, 0.2], [0.5, 0.2])) == 1


def test_holm_takes_the_number_of_comparisons_into_account() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_a_corrected_chance_is_no_smaller_and_keeps_the_order(chances: list[float]) -> None:
    corrected = holm(chances)
    assert all(1 >= after >= before for before, after in zip(chances, corrected, strict=True))
    in_order = [corrected[at] for at in np.argsort(chances, kind="stable")]
    assert in_order == sorted(in_order)


def test_the_largest_changes_come_first_and_still_queries_are_left_out() -> None:
    assert moved(a_pair([0.5, 0.5, 0.5], [0.75, 0.125, 0.5])) == [(-0.375, "1"), (0.25, "0")]


def test_a_comparison_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"q{number}" for number in range(20)]
    before = a_file(tmp_path, "a.json", **dict.fromkeys(names, 0.2))
    after = a_file(tmp_path, "b.json", **dict.fromkeys(names, 0.6), other=1)
    assert main([before, after]) == 0
    shown = capsys.readouterr().out
    assert "+0.400" in shown
    assert "better" in shown
    assert "text of q0" in shown


@pytest.mark.parametrize("content", ["{", "[]", '{"sets": [{}]}'])
def test_another_file_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    assert main([str(tmp_path / "x.json"), a_file(tmp_path, "a.json", q=1)]) == 1
    assert "is no file of `make relevance`" in capsys.readouterr().err


def test_files_with_nothing_in_common_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([a_file(tmp_path, "a.json", q=1), a_file(tmp_path, "b.json", p=1)]) == 1
    assert "in common" in capsys.readouterr().err

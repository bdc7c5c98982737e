"""What a person sees while a run goes on."""

import io

import pytest
from rich.console import Console

from indexer import progress
from indexer.progress import Progress


def shown(*, terminal: bool, total: int | None = 4) -> str:
    file = io.StringIO()
    with Progress(Console(file=file, force_terminal=terminal, width=100)).stage(
        "embedding", "4 texts", total
    ) as advance:
        advance(1)
        advance(3)
    return file.getvalue()


def test_a_stage_begins_with_a_line_of_its_name() -> None:
    assert shown(terminal=False).splitlines()[0] == "embedding: 4 texts"


def test_plain_lines_say_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)
    lines = shown(terminal=False).splitlines()
    assert lines[1].startswith("embedding: 1 of 4, ")
    assert lines[2].endswith("/s, 0 s left")


def test_a_stage_without_a_count_prints_its_name_only() -> None:
    assert shown(terminal=False, total=None) == "embedding: 4 texts\n"


def test_a_terminal_gets_a_bar() -> None:
    assert "4/4" in shown(terminal=True)


def test_markup_in_names_is_printed_as_it_is() -> None:
    file = io.StringIO()
    Progress(Console(file=file)).say("[red]x[/red]")
    assert file.getvalue() == "[red]x[/red]\n"

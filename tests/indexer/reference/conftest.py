"""A state folder of its own for each test, and the import of one file into it."""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import cli
from indexer.reference import command
from indexer.reference.imports import Import, Recognised, read_import, recognise
from indexer.reference.layouts import Told
from indexer.settings import ROOT, Settings
from mappings.reference_store import Reference, read_reference
from mappings.reference_tables import shipped_titles

DATA = ROOT / "data"
TODAY = dt.date(2026, 11, 24)
KNOWN = frozenset(shipped_titles(DATA))

TOLD = Told(edition="test", released=dt.date(2025, 12, 3))

Read = Callable[..., Import]


def recognised(path: Path) -> Recognised:
    one = recognise(path, most_megabytes=10)
    assert one is not None, path
    return one


def read_file(path: Path, told: Told = TOLD) -> Import:
    return read_import(recognised(path), told, KNOWN, TODAY)


def why(one: Import) -> list[tuple[int, str, str]]:
    """Row, column and English reason of everything refused."""
    return [(found.row, found.column, found.en) for found in one.taken.refusals]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path / "state", knowledge_dir=DATA, max_feed_megabytes=10)


class Desk:
    """Imports files as the command does, and reads what is then held."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.said: list[str] = []

    def load(self, *paths: Path, **told: object) -> "Desk":
        command.load(paths, Told(**told), self.settings, self.said.append)  # type: ignore[arg-type]
        return self

    @property
    def reference(self) -> Reference:
        return read_reference(DATA, self.settings.reference_file)


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: exit code, output, errors."""
    monkeypatch.setenv("STATE_DIR", str(settings.state_dir))

    def command_line(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["indexer", "occupations", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return command_line

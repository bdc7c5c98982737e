"""The commands for mappings as an operator runs them, and the example of the pages."""

import gzip
import json
import re
import zipfile
from pathlib import Path

import pytest
import yaml

from indexer import cli
from tests.docs.pages import read
from tests.indexer.conftest import source_entry

COURSES = [
    {"code": f"W{number}", "name": f"Welding {number}", "mode": ["Web", "Campus", "Balloon"][number % 3]}
    for number in range(6)
]
MAPPING = "fields: {id: code, en.title: name, delivery: {path: mode, vocabulary: {Campus: in_person}}}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.json").write_text(json.dumps(COURSES), encoding="utf-8")
    (tmp_path / "m.yml").write_text(MAPPING, encoding="utf-8")
    entries = [source_entry("weld", "a.json", mapping="m.yml"), source_entry("bare", "a.json")]
    (tmp_path / "sources.yml").write_text(yaml.safe_dump({"sources": entries}), encoding="utf-8")
    monkeypatch.setenv("SOURCES", str(tmp_path / "sources.yml"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def command(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Command":
    return Command(monkeypatch, capsys)


class Command:
    """Runs the command line in this process; gives exit code, output and errors."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.argv", ["indexer", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = self._capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err


def test_a_proposal_is_printed_or_written_and_then_checked(command: Command, folder: Path) -> None:
    code, out, _ = command("map-init", "a.json")
    assert (code, yaml.safe_load(out)["fields"]["id"]) == (0, "code")
    code, out, _ = command("map-init", "a.json", "--out", "new.yml")
    assert (code, out) == (0, "wrote new.yml; read it through, then: python -m indexer map-check a.json new.yml\n")
    code, _, err = command("map-init", "a.json", "--out", "new.yml")
    assert (code, err) == (3, "error: new.yml is there already; name another file\n")
    code, out, _ = command("map-check", "a.json", "new.yml")
    assert (code, "listings: " in out) == (0, True)


XML = "<list><course code='A'><name>Weld</name></course><course code='B'><name>Sew</name></course></list>"


def test_a_proposal_for_xml_is_written_and_then_passes_its_check(command: Command, folder: Path) -> None:
    (folder / "c.xml").write_text(XML, encoding="utf-8")
    assert command("map-init", "c.xml", "--out", "x.yml")[0] == 0
    code, out, _ = command("map-check", "c.xml", "x.yml")
    assert (code, "listings: 2 good, 0 with warnings, 0 quarantined" in out) == (0, True)
    assert re.search(r"id +│ @code +│ +2 │ +2 │ +0 │ +0 │ “A”, “B”", out)


def test_a_packed_file_is_looked_into_and_a_bomb_is_refused(command: Command, folder: Path) -> None:
    (folder / "c.xml.gz").write_bytes(gzip.compress(XML.encode()))
    code, out, _ = command("map-init", "c.xml.gz")
    assert (code, yaml.safe_load(out)["records"]) == (0, "/list/course")
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("read me.txt", "no feed")
        archive.writestr("c.json", json.dumps(COURSES))
    code, out, _ = command("map-init", "c.zip", "--format", "json")
    assert (code, yaml.safe_load(out)["fields"]["id"]) == (0, "code")
    assert "say its --format" in command("map-init", "c.zip")[2]
    (folder / "b.xml.gz").write_bytes(gzip.compress(b" " * 8_000_000))
    code, _, err = command("map-init", "b.xml.gz")
    assert (code, err.count("\n"), "200" in err) == (3, 1, True)


def test_a_check_shows_the_table_and_what_no_list_knows(command: Command) -> None:
    code, out, _ = command("map-check", "weld")
    assert code == 0
    assert re.search(r"delivery +│ mode +│ +6 │ +4 │ +0 │ +2", out)
    assert "delivery: 2 × this is not a value of the list: “Balloon”" in out
    assert "delivery: in no list of ours: “Balloon” (2)" in out
    assert "listings: 4 good, 2 with warnings, 0 quarantined" in out


def test_a_check_as_json_is_for_programs(command: Command) -> None:
    code, out, _ = command("map-check", "weld", "--json")
    body = json.loads(out)
    assert (code, body["good"], body["faults"]) == (0, 4, [])
    assert body["rules"][2]["vocabulary"]["unknown"] == {"Balloon": 2}


def test_a_dead_rule_ends_with_one(command: Command, folder: Path) -> None:
    (folder / "m.yml").write_text(MAPPING.replace("name", "names"), encoding="utf-8")
    code, out, _ = command("map-check", "weld")
    assert code == 1
    assert "to put right: no listing comes out\nto put right: the rule for en.title catches nothing" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("map-init", "none.json"), "none.json is not there"),
        (("map-init", "a.json", "--format", "pdf"), "no known format"),
        (("map-init", "a.json", "--encoding", "klingon"), "cannot be read as klingon"),
        (("map-init", "a.json", "--join", "elsewhere/b.json"), "must stand in the folder of a.json"),
        (("map-check", "nobody", "m.yml"), "nobody is neither a file nor a source of sources.yml"),
        (("map-check", "bare"), "bare has no mapping of its own"),
        (("map-check", "a.json", "none.yml"), "the mapping none.yml is wrong"),
        (("map-check", "a.json", "a.json"), "is wrong"),
        (("map-check", "a.json", "m.yml", "--format", "pdf"), "there is no format pdf"),
    ],
)
def test_what_a_person_must_put_right_is_one_sentence(command: Command, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = command(*arguments)
    assert (code, err.count("\n")) == (3, 1)
    assert err.startswith("error: ")
    assert words in err


def test_help_says_what_each_command_is_for(command: Command) -> None:
    assert "which path gives which field" in " ".join(command("map-init", "--help")[1].split())
    assert "--json" in command("map-check", "--help")[1]


def fences(page: str, heading: str) -> list[str]:
    section = read(page).split(heading, 1)[1].split("\n### ", 1)[0]
    return re.findall(r"^```\w*\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("docs/feeds.md", "### A mapping, proposed and checked"),
        ("docs/fr/flux.md", "### Un mappage proposé, puis vérifié"),
    ],
)
def test_the_example_of_the_pages_is_what_the_commands_say(
    command: Command, folder: Path, page: str, heading: str
) -> None:
    feed, _, proposal, _, told = fences(page, heading)
    (folder / "courses.json").write_text(feed, encoding="utf-8")
    assert command("map-init", "courses.json")[1] == proposal
    (folder / "courses.yml").write_text(proposal, encoding="utf-8")
    code, out, _ = command("map-check", "courses.json", "courses.yml")
    assert (code, [line.rstrip() for line in out.splitlines()]) == (0, told.splitlines())

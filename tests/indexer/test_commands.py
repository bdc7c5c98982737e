"""The commands as an operator runs them."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from indexer import cli
from indexer.lease import lease
from indexer.settings import ROOT
from mappings.index_meta import IndexMeta
from tests.conftest import run_indexer
from tests.indexer.conftest import CARE, WELDING, Catalogue


@pytest.fixture
def command(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Command":
    for name, value in catalogue.environment.items():
        monkeypatch.setenv(name, value)
    return Command(monkeypatch, capsys)


class Command:
    """Runs the command line in this process; gives exit code, output and errors."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        for name, value in environment.items():
            self._monkeypatch.setenv(name, value)
        self._monkeypatch.setattr(sys, "argv", ["indexer", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = self._capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err


def test_a_load_prints_each_stage_the_table_and_where_the_report_is(command: Command) -> None:
    code, out, _ = command("index")
    assert code == 0
    stages = [line.partition(":")[0] for line in out.splitlines() if re.match(r"[a-z]+: ", line)]
    assert list(dict.fromkeys(stages))[:6] == ["reading", "enriching", "embedding", "loading", "verifying", "swapping"]
    assert re.search(r"maple +│ read +│ +3 │", out)
    assert "serving 5 listings from" in out
    assert "report.md" in out


def test_if_needed_does_nothing_until_something_changed(command: Command, catalogue: Catalogue) -> None:
    assert "serving 5" in command("index", "--if-needed")[1]
    first = catalogue.served()
    assert "is up to date" in command("index", "--if-needed")[1]
    assert catalogue.served() == first
    catalogue.feed("maple.csv", [(*WELDING[:1], "Welding", *WELDING[2:]), CARE])
    assert "serving" in command("index", "--if-needed")[1]


@pytest.mark.parametrize("changed", ["knowledge", "sources", "mapping_of_model", "centring", "missing_feed"])
def test_if_needed_notices_every_kind_of_change(command: Command, catalogue: Catalogue, changed: str) -> None:
    command("index")
    environment = {}
    if changed == "knowledge":
        path = catalogue.settings.knowledge_folder / "vocabulary" / "tools.yml"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    elif changed == "sources":
        catalogue.entries[0]["sample"] = False
        catalogue.write_sources()
    elif changed == "missing_feed":
        (catalogue.folder / "maple.csv").unlink()
    else:
        environment = {"CENTRING": "none"} if changed == "centring" else {}
        if not environment:
            catalogue.engine.indices.put_mapping(
                index=catalogue.served()[0], body={"_meta": {**served_meta(catalogue), "fingerprint": "other"}}
            )
    assert "is up to date" not in command("index", "--if-needed", **environment)[1]
    assert "is up to date" in command("index", "--if-needed")[1]


def served_meta(catalogue: Catalogue) -> dict[str, object]:
    (name,) = catalogue.served()
    body = catalogue.engine.indices.get_mapping(index=name)[name]["mappings"]["_meta"]
    return IndexMeta.model_validate(body).model_dump(mode="json")


def test_an_index_that_does_not_say_it_is_complete_is_loaded_again(command: Command, catalogue: Catalogue) -> None:
    command("index")
    meta = {**served_meta(catalogue), "complete": False}
    catalogue.engine.indices.put_mapping(index=catalogue.served()[0], body={"_meta": meta})
    assert "is up to date" not in command("index", "--if-needed")[1]


def test_if_needed_and_rollback_never_load_the_model(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.load()
    watched = (
        "import sys; sys.argv = ['indexer', *sys.argv[1:]]\n"
        "from indexer.cli import main\n"
        "try: main()\n"
        "finally: assert 'torch' not in sys.modules and 'sentence_transformers' not in sys.modules"
    )
    for arguments in (["index", "--if-needed"], ["rollback"]):
        done = subprocess.run(
            [sys.executable, "-c", watched, *arguments], cwd=ROOT, env={**os.environ, **catalogue.environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")


def test_rollback_serves_the_index_before_and_says_the_times(command: Command, catalogue: Catalogue) -> None:
    command("index")
    first = catalogue.served()
    catalogue.feed("maple.csv", [(*WELDING[:1], "Welding", *WELDING[2:]), CARE])
    command("index", "--force")
    second = catalogue.served()
    code, out, _ = command("rollback")
    assert (code, catalogue.served()) == (0, first)
    assert re.fullmatch(r"\S+ went back from the index of [-\d :]+ UTC to that of [-\d :]+ UTC\n", out)
    assert catalogue.indices() == {*first, *second}
    code, _, err = command("rollback")
    assert (code, err) == (3, "error: there is nothing to roll back to\n")


def test_a_load_after_a_rollback_replaces_the_index_that_was_rolled_back(
    command: Command, catalogue: Catalogue
) -> None:
    command("index")
    first = catalogue.served()
    command("index")
    command("rollback")
    command("index")
    assert catalogue.indices() == {*first, *catalogue.served()}


def test_rollback_with_nothing_served_says_so(command: Command) -> None:
    assert command("rollback")[0::2] == (3, "error: there is nothing to roll back to\n")


def test_rollback_to_another_contract_warns(command: Command, catalogue: Catalogue) -> None:
    command("index")
    meta = {**served_meta(catalogue), "contract": "another"}
    catalogue.engine.indices.put_mapping(index=catalogue.served()[0], body={"_meta": meta})
    command("index")
    assert "made by another version of the contract" in command("rollback")[1]


def test_dry_run_prints_the_table_and_serves_nothing_new(command: Command, catalogue: Catalogue) -> None:
    code, out, _ = command("dry-run")
    assert code == 0
    assert "5 listings would be served; nothing new is served" in out
    assert not catalogue.indices()


def test_report_shows_the_last_run_again(command: Command, catalogue: Catalogue) -> None:
    code, _, err = command("report")
    assert (code, err) == (3, "error: there is no report yet; run `index` or `dry-run` first\n")
    command("index")
    (catalogue.folder / "maple.csv").unlink()
    command("dry-run")
    _, out, _ = command("report")
    assert out.startswith("dry-run of ")
    assert "maple: the file maple.csv is not there" in out
    page = Path(out.split("for institutions: ")[1].split(",")[0])
    assert page.name == "index.en.html"
    page.unlink()
    command("report")
    assert "Grands-Pins" in page.read_text(encoding="utf-8")
    command("index", SOURCES=str(catalogue.folder / "sources.yml"))


def test_report_says_why_a_run_was_refused(command: Command, catalogue: Catalogue) -> None:
    command("index")
    meta = served_meta(catalogue)
    more = [{**one, "listings": 9} if one["id"] == "maple" else one for one in meta["sources"]]  # type: ignore[attr-defined]
    catalogue.engine.indices.put_mapping(
        index=catalogue.served()[0], body={"_meta": {**meta, "sources": more, "listings": 11}}
    )
    catalogue.feed("maple.csv", [("", "No id", "", "", "", "", "")])
    code, _, err = command("index")
    assert (code, err.count("\n")) == (2, 1)
    assert "overrule with FORCE=maple (--force-source maple)" in err
    _, out, _ = command("report")
    assert "refused: maple would fall from 9 listings to 3" in out


def test_template_writes_a_workbook_per_language(command: Command, tmp_path: Path) -> None:
    code, out, _ = command("template", "--out", str(tmp_path / "t"))
    assert (code, out.count("wrote")) == (0, 2)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, _, err = command("template", "--out", str(tmp_path / "file" / "t"))
    assert (code, err.startswith("error: the templates cannot be written")) == (3, True)


def test_inference_check_prints_shares(command: Command) -> None:
    code, out, _ = command("inference-check")
    assert code == 0
    assert re.search(r"2 listings with known codes: first guess right [\d.]+%", out)
    assert "each tenth guessed with parameters fitted on the others" in out
    assert re.search(r"\n\* +0\.40 .*%", out), "the curve marks the threshold in use"


def test_inference_check_names_a_folder_that_is_no_judged_collection(command: Command, tmp_path: Path) -> None:
    code, _, err = command("inference-check", "--judged", str(tmp_path))
    assert (code, "has no query that names a NOC code" in err) == (3, True)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"OPENSEARCH_URL": "http://user:secret@127.0.0.1:9"}, "OpenSearch does not answer at http://127.0.0.1:9"),
        (
            {"OPENSEARCH_URL": "https://127.0.0.1:9", "OPENSEARCH_CA": "/nowhere/ca.pem"},
            "OpenSearch",
        ),
        ({"OPENSEARCH_URL": "http://[broken"}, "OpenSearch at http://[broken cannot be used"),
        ({"SOURCES": "nowhere/sources.yml"}, "the list of sources sources.yml is not there"),
        ({"CENTRING": "sideways"}, "the setting CENTRING is wrong"),
        ({"INDEX_PREFIX": "UPPER*"}, "the setting INDEX_PREFIX is wrong"),
        ({"EMBEDDING_MODEL": "./no/such/folder"}, "the embedding model"),
    ],
)
def test_what_a_person_must_put_right_is_one_sentence(
    command: Command, environment: dict[str, str], words: str
) -> None:
    code, _, err = command("index", **environment)
    assert code == 3
    assert err.startswith(f"error: {words}")
    assert err.count("\n") == 1
    assert "secret" not in err
    assert "Traceback" not in err


def test_a_state_folder_that_cannot_be_made_is_one_sentence(command: Command, catalogue: Catalogue) -> None:
    code, _, err = command("index", STATE_DIR=str(catalogue.folder / "maple.csv" / "state"))
    assert (code, err.count("\n")) == (3, 1)


def test_a_cache_that_fails_is_one_sentence(
    command: Command, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("indexer.vectors.VectorCache.get", full)
    code, _, err = command("index")
    assert (code, err) == (3, "error: database or disk is full; what is served is as it was\n")
    assert not catalogue.indices()


def test_a_user_and_password_are_used_where_they_are_set(command: Command) -> None:
    code, _, _ = command("dry-run", OPENSEARCH_USER="reader", OPENSEARCH_PASSWORD="pretend", OPENSEARCH_CA="")
    assert code == 0


def test_a_second_writer_is_told_in_one_sentence(command: Command, catalogue: Catalogue) -> None:
    with lease(catalogue.settings.state, catalogue.prefix):
        code, _, err = command("index")
    assert (code, err) == (3, f"error: another run is writing {catalogue.prefix}; wait until it ends\n")


def test_help_names_every_command(command: Command) -> None:
    _, out, _ = command("--help")
    for name in ("index", "dry-run", "rollback", "report", "template", "inference-check"):
        assert name in out


def test_the_module_runs_as_a_command() -> None:
    done = run_indexer("index", "--help")
    assert done.returncode == 0
    assert "--if-needed" in done.stdout


def test_events_of_a_run_are_kept_as_json(command: Command, catalogue: Catalogue, engine: OpenSearch) -> None:
    command("index")
    body = json.loads(catalogue.report_file("report.json"))
    assert (body["outcome"], body["index"]) == ("loaded", catalogue.served()[0])
    assert engine.count(index=body["index"])["count"] == body["listings"]

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from deploy import checks, commands
from deploy.clean import clean
from deploy.commands import COMMANDS, ERRANDS, main
from deploy.engine_home import engine_home
from deploy.failure import DeployError, Interrupted
from deploy.node import running_url, start_node
from deploy.readiness import make_state, state_is_ours
from deploy.run import engine_mark
from deploy.settings import Settings, read_settings
from tests.deploy.conftest import Jvm

Calls = list[tuple[list[str], Mapping[str, str]]]


@pytest.fixture
def given(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The pretend checkout's settings are what a command reads."""
    monkeypatch.setattr(commands, "read_settings", lambda: settings)
    monkeypatch.setattr(commands, "listen", lambda: None)
    return settings


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What would have been run in front; the second of several fails."""
    made: Calls = []

    def foreground(command: Sequence[str], environment: Mapping[str, str], _folder: Path) -> int:
        made.append((list(command)[2:], environment))
        return 1 if len(made) == 2 else 0

    class Foreground:
        def __init__(self, command: Sequence[str], folder: Path) -> None:
            self._command, self._folder = command, folder

        def begin(self, environment: Mapping[str, str]) -> None:
            self._status = foreground(self._command, environment, self._folder)

        def status(self) -> int:
            return self._status

        def end(self) -> None:
            pass

    for module in (commands, checks):
        monkeypatch.setattr(module, "foreground", foreground)
    monkeypatch.setattr(checks, "Foreground", Foreground)
    return made


def test_an_errand_gets_engine_model_and_arguments(given: Settings, jvm: Jvm, calls: Calls) -> None:
    assert main(["relevance", "one", "two"]) == 0
    ((command, told),) = calls
    assert command == ["tests.relevance", "one", "two"]
    assert told["OPENSEARCH_URL"] == running_url(given)
    assert told["EMBEDDING_MODEL"] == "some/model"
    assert told["STATE_DIR"] == str(given.state)


def test_a_node_started_for_an_errand_runs_on_and_is_mentioned_once(
    given: Settings, jvm: Jvm, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["index-dry-run"])
    assert "OpenSearch keeps running" in capsys.readouterr().out
    assert running_url(given) is not None
    assert main(["index"]) == 1
    assert "keeps running" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["report", "template"])
def test_an_errand_without_need_of_the_engine_starts_none(given: Settings, calls: Calls, name: str) -> None:
    assert main([name, "--out", "here"]) == 0
    assert calls[0][0] == ["indexer", name, "--out", "here"]
    assert running_url(given) is None


def test_tests_have_a_node_of_their_own_and_end_it(given: Settings, jvm: Jvm, calls: Calls) -> None:
    before = start_node(given)
    assert main(["test"]) == 0
    ((command, told),) = calls
    assert command[:2] == ["pytest", "-n"]
    assert command[3:] == ["--dist", "loadfile", "--no-loadscope-reorder"]
    assert (told["INDEX_PREFIX"], told["STATE_DIR"]) == ("test", str(given.state / "test"))
    assert told["OPENSEARCH_URL"] not in ("", before.url)
    assert running_url(given) == before.url
    assert running_url(given.for_tests()) is None


@pytest.mark.parametrize(("cores", "processes"), [(None, "2"), (1, "2"), (2, "2"), (4, "4"), (64, "6")])
def test_a_machine_with_more_cores_tests_side_by_side(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, processes: str
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert checks.pytest_arguments([], coverage=False)[:2] == ["-n", processes]


def test_coverage_is_measured_when_it_is_asked_for(settings: Settings, calls: Calls) -> None:
    assert checks.run_tests(settings._replace(engine_url="http://search", coverage=True), []) == 0
    assert calls[0][0][6:] == ["--cov", "--cov-report=term-missing:skip-covered"]


def test_a_part_of_the_tests_is_not_held_to_the_coverage_floor(settings: Settings, calls: Calls) -> None:
    assert checks.run_tests(settings._replace(engine_url="http://search"), ["-k", "a or b"]) == 0
    assert calls[0][0] == ["pytest", "-k", "a or b"]
    assert calls[0][1]["OPENSEARCH_URL"] == "http://search"


def test_every_linter_is_heard(given: Settings, calls: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint"]) == 1
    assert [command for command, _ in calls] == [["ruff", "format", "--check"], ["ruff", "check"], ["mypy"]]
    assert "error: ruff found something" in capsys.readouterr().err


def test_format_puts_right_what_it_can(given: Settings, calls: Calls) -> None:
    assert main(["format"]) == 1
    assert [command for command, _ in calls] == [["ruff", "format"], ["ruff", "check", "--fix"]]


def test_an_engine_started_by_itself_is_no_longer_the_runs(
    given: Settings, jvm: Jvm, capsys: pytest.CaptureFixture[str]
) -> None:
    engine_mark(given).touch()
    assert main(["engine-start"]) == main(["engine-start"]) == 0
    assert not engine_mark(given).exists()
    assert main(["stop"]) == 0
    printed = capsys.readouterr().out
    for text in ("OpenSearch is up: http", "OpenSearch was up already", "Nothing was running.", "started by itself"):
        assert text in printed
    assert main(["engine-stop"]) == main(["engine-stop"]) == 0
    assert "OpenSearch was not running." in capsys.readouterr().out


def test_with_a_cluster_of_ones_own_engine_start_starts_none(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.engine_start(settings._replace(engine_url="http://search"), []) == 0
    assert "that cluster is used" in capsys.readouterr().out


def test_preflight_environment_and_encoder_pass_where_all_is_there(
    given: Settings, jvm: Jvm, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [main([name]) for name in ("preflight", "environment", "encoder")] == [0, 0, 0]
    assert "Everything that is needed is there." in capsys.readouterr().out


def failing(error: BaseException) -> Callable[[Settings, Sequence[str]], int]:
    def command(_settings: Settings, _arguments: Sequence[str]) -> int:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (DeployError("Do this."), 1, "error: Do this.\n"),
        (
            PermissionError(13, "Permission denied", "/var/x"),
            1,
            "error: [Errno 13] Permission denied: '/var/x'; ",
        ),
        (Interrupted(15), 130, ""),
    ],
)
def test_every_failure_is_one_sentence_and_a_status(
    given: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    status: int,
    said: str,
) -> None:
    monkeypatch.setitem(COMMANDS, "run", failing(error))
    assert main(["run"]) == status
    assert capsys.readouterr().err.startswith(said)


def test_several_obstacles_are_each_a_line(
    given: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("deploy.readiness.problems", lambda *_arguments: ["Get Java.", "Get Maven."])
    assert main(["preflight"]) == 1
    assert capsys.readouterr().err == "error: Get Java.\nerror: Get Maven.\n"


def test_root_leaves_its_files_readable_to_the_engines_user(given: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    masks: list[int] = []
    monkeypatch.setattr(commands, "is_root", lambda: True)
    monkeypatch.setattr("os.umask", masks.append)
    monkeypatch.setitem(COMMANDS, "run", lambda *_arguments: 0)
    main(["run"])
    assert masks == [0o022]


def test_clean_ends_everything_and_removes_what_set_up_made(given: Settings, jvm: Jvm, tmp_path: Path) -> None:
    start_node(given)
    start_node(given.for_tests())
    home = engine_home(given)
    (given.venv / "pyvenv.cfg").touch()
    for name in ("indexer/__pycache__/x.pyc", ".ruff_cache/x", ".coverage.1"):
        (given.root / name).parent.mkdir(parents=True, exist_ok=True)
        (given.root / name).touch()
    assert main(["clean"]) == 0
    assert not home.folder.exists()
    left = {path.name for path in given.root.iterdir()}
    assert left == {"search_api", "indexer", "deploy", "requirements.lock", "requirements-dev.lock"}
    assert main(["clean"]) == 0


def test_clean_keeps_what_was_in_a_folder_before_it_became_the_state_folder(given: Settings, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "letters").mkdir(parents=True)
    settings = given._replace(state=home)
    make_state(settings)
    (home / "logs").mkdir()
    assert not state_is_ours(settings)
    clean(settings)
    assert [path.name for path in home.iterdir()] == ["letters"]


def test_a_state_folder_elsewhere_made_here_is_removed_whole(given: Settings, tmp_path: Path) -> None:
    settings = given._replace(state=tmp_path / "new" / "state")
    make_state(settings)
    clean(settings)
    assert not settings.state.exists()


def test_every_command_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in (*COMMANDS, *ERRANDS))


def test_these_tests_read_nothing_of_the_sessions_own_settings(given: Settings) -> None:
    assert given.state != read_settings().state

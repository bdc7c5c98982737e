from pathlib import Path

import pytest
import yaml

from deploy.engine_home import EngineHome, Ports, jvm_options, node_settings, prepare, remember_ports, remembered_ports
from deploy.settings import SHORT_LIVED, read_settings
from tests.deploy.conftest import make_distribution


@pytest.fixture
def home(tmp_path: Path) -> EngineHome:
    return EngineHome(tmp_path / "my state" / "engine", tmp_path / "dist")


def test_the_node_listens_to_this_machine_only(home: EngineHome) -> None:
    found = node_settings(home, Ports(9201, 9301))
    assert found["network.host"] == "127.0.0.1"
    assert (found["http.port"], found["transport.port"]) == (9201, 9301)


def test_no_setting_is_given_that_the_minimal_distribution_would_refuse(home: EngineHome) -> None:
    assert not [name for name in node_settings(home, Ports(1, 2)) if name.startswith("plugins.")]


def test_the_heap_is_ours_and_nothing_is_written_beside_the_programme() -> None:
    shipped = "# a comment\n-Xms1g\n-Xmx1g\n-XX:HeapDumpPath=data\n9-:-Xlog:gc*:file=logs/gc.log\n-XX:+UseG1GC\n"
    options = jvm_options(shipped, "512m", ["-XX:+UseThat"]).splitlines()
    assert {"-XX:+UseG1GC", "-XX:+UseThat"} <= set(options)
    assert [option for option in options if option.startswith("-Xm")] == ["-Xms512m", "-Xmx512m"]
    assert not [option for option in options if "log" in option or "data" in option]


def test_the_configuration_is_written_afresh_and_data_stay(home: EngineHome, tmp_path: Path) -> None:
    settings, distribution = read_settings({}, root=tmp_path), make_distribution(home.distributions)
    prepare(home, distribution, Ports(1111, 2222), settings, None)
    (home.data / "index").touch()
    (home.config / "left over").touch()
    prepare(home, distribution, Ports(3333, 4444), settings.for_tests(), None)
    written = yaml.safe_load((home.config / "opensearch.yml").read_text(encoding="utf-8"))
    assert written == node_settings(home, Ports(3333, 4444))
    assert written["path.data"] == str(home.data)
    assert (home.data / "index").exists()
    assert not (home.config / "left over").exists()
    options = (home.config / "jvm.options").read_text(encoding="utf-8").splitlines()
    assert {"-Xmx512m", *SHORT_LIVED} <= set(options)


def test_ports_are_remembered_unless_their_files_are_broken(home: EngineHome) -> None:
    assert remembered_ports(home) is None
    home.folder.mkdir(parents=True)
    remember_ports(home, Ports(9200, 9300))
    assert remembered_ports(home) == Ports(9200, 9300)
    (home.folder / "port").write_text("", encoding="ascii")
    assert remembered_ports(home) is None


def test_two_nodes_never_share_a_name(home: EngineHome, tmp_path: Path) -> None:
    other = home._replace(folder=tmp_path / "other")
    assert home.cluster_name != other.cluster_name
    assert home.mark != other.mark

import hashlib
import os
import shlex
import stat
import zipfile
from pathlib import Path

import pytest

from deploy import distribution
from deploy.distribution import engine_version, ensure_distribution, is_whole, maven_environment
from deploy.failure import DeployError
from deploy.java import Java
from tests.deploy.conftest import executable

JAVA = Java(Path("/opt/jdk"), 25)
MAVEN = """#!/bin/sh
echo "$@" >> {calls}
for word in "$@"; do case "$word" in -Dzips=*) zips="${{word#-Dzips=}}";; esac; done
mkdir -p "$zips"
cp {zips}/*.zip "$zips"
{more}
"""


def make_zip(path: Path, files: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            member = zipfile.ZipInfo(name)
            member.external_attr = (stat.S_IFREG | (0o755 if "/bin/" in name else 0o600)) << 16
            archive.writestr(member, text)


class Maven:
    """An `mvn` that hands out two small zips."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.zips, self.log = folder / "bin", folder / "zips", folder / "calls"
        self.zips.mkdir()
        top = f"opensearch-{engine_version()}"
        make_zip(self.zips / "distribution.zip", {f"{top}/bin/opensearch": "#!", f"{top}/plugins/README": "none yet"})
        make_zip(self.zips / "plugin-knn.zip", {"plugin-descriptor.properties": "version=1\nname=opensearch-knn\n"})
        pins = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.zips.iterdir()}
        monkeypatch.setattr(distribution, "CHECKSUMS", pins)
        monkeypatch.setenv("PATH", f"{self.folder}:{os.environ['PATH']}")
        self.does("")

    def does(self, more: str) -> None:
        quoted = {name: shlex.quote(str(path)) for name, path in {"calls": self.log, "zips": self.zips}.items()}
        executable(self.folder / "mvn", MAVEN.format(more=more, **quoted))

    @property
    def calls(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maven:
    return Maven(tmp_path, monkeypatch)


def cut_off(path: str) -> str:
    """A line of shell that shortens a file."""
    return f"head -c 50 {path} > {path}.x && mv {path}.x {path}"


def test_the_engine_is_fetched_once_and_unpacked_with_its_plugin(tmp_path: Path, maven: Maven) -> None:
    home = ensure_distribution(tmp_path / "dist", JAVA)
    assert home == tmp_path / "dist" / engine_version()
    assert (home / "plugins" / "opensearch-knn" / "plugin-descriptor.properties").is_file()
    assert ensure_distribution(tmp_path / "dist", JAVA) == home
    assert len(maven.calls) == 1
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == [".lock", engine_version()]


def test_the_engines_user_can_read_everything_and_run_its_programmes(tmp_path: Path, maven: Maven) -> None:
    home = ensure_distribution(tmp_path / "dist", JAVA)
    modes = {str(path.relative_to(home)): stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*")}
    assert modes["bin/opensearch"] == 0o755
    assert modes["plugins/README"] == 0o644
    assert modes["plugins/opensearch-knn"] == 0o755


def test_a_distribution_that_lost_a_file_is_made_again(tmp_path: Path, maven: Maven) -> None:
    home = ensure_distribution(tmp_path / "dist", JAVA)
    (home / "bin" / "opensearch").unlink()
    assert not is_whole(home)
    ensure_distribution(tmp_path / "dist", JAVA)
    assert is_whole(home)


def test_what_a_killed_set_up_left_is_neither_used_nor_kept(tmp_path: Path, maven: Maven) -> None:
    left = tmp_path / "dist" / ".part-123"
    left.mkdir(parents=True)
    (tmp_path / "dist" / engine_version()).mkdir()
    assert is_whole(ensure_distribution(tmp_path / "dist", JAVA))
    assert not left.exists()


def test_a_damaged_copy_in_mavens_cache_is_fetched_again_without_the_cache(tmp_path: Path, maven: Maven) -> None:
    damage = cut_off('"$zips"/distribution.zip')
    maven.does(f'case "$*" in *maven.repo.local*) ;; *) {damage};; esac')
    assert is_whole(ensure_distribution(tmp_path / "dist", JAVA))
    assert ["-Dmaven.repo.local=" in call for call in maven.calls] == [False, True]


def test_files_that_arrive_damaged_twice_are_not_used(tmp_path: Path, maven: Maven) -> None:
    maven.does(cut_off('"$zips"/plugin-knn.zip'))
    with pytest.raises(DeployError, match=r"arrived damaged twice \(plugin-knn.zip has the checksum"):
        ensure_distribution(tmp_path / "dist", JAVA)
    assert [path.name for path in (tmp_path / "dist").iterdir()] == [".lock"]


def test_mavens_own_reason_is_passed_on_in_a_sentence(tmp_path: Path, maven: Maven) -> None:
    maven.does("printf '\\033[1m[ERROR]\\033[m Could not resolve host\\n[ERROR] more\\n'; exit 1")
    with pytest.raises(DeployError, match=r"Maven could not fetch OpenSearch.*: Could not resolve host$"):
        ensure_distribution(tmp_path / "dist", JAVA)


def test_a_maven_that_says_nothing_still_gets_a_sentence(tmp_path: Path, maven: Maven) -> None:
    maven.does("exit 1")
    with pytest.raises(DeployError, match="no output"):
        ensure_distribution(tmp_path / "dist", JAVA)


def test_a_maven_that_hangs_is_given_up(tmp_path: Path, maven: Maven, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distribution, "MAVEN_SECONDS", 0.2)
    maven.does("exec sleep 30")
    with pytest.raises(DeployError, match="check the network"):
        ensure_distribution(tmp_path / "dist", JAVA)


def test_without_maven_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeployError, match="apt-get install maven"):
        ensure_distribution(tmp_path / "dist", JAVA)


def test_maven_is_given_our_java_only_where_it_has_none(tmp_path: Path) -> None:
    executable(tmp_path / "java", "#!/bin/sh\n")
    assert maven_environment(JAVA, {"PATH": "/none"})["JAVA_HOME"] == "/opt/jdk"
    assert "JAVA_HOME" not in maven_environment(JAVA, {"PATH": str(tmp_path)})
    assert maven_environment(JAVA, {"JAVA_HOME": "/mine", "PATH": ""})["JAVA_HOME"] == "/mine"


def test_both_files_are_pinned_by_their_checksums() -> None:
    assert sorted(distribution.CHECKSUMS) == ["distribution.zip", "plugin-knn.zip"]
    pom = distribution.POM.read_text(encoding="utf-8")
    assert all(f"<destFileName>{name}</destFileName>" in pom for name in distribution.CHECKSUMS)


def test_a_pom_without_a_version_is_named(tmp_path: Path) -> None:
    (tmp_path / "pom.xml").write_text("<project/>", encoding="ascii")
    with pytest.raises(DeployError, match=r"names no opensearch\.version"):
        engine_version(tmp_path / "pom.xml")


def test_a_plugin_without_a_name_is_named(tmp_path: Path) -> None:
    (tmp_path / distribution.PLUGIN_DESCRIPTOR).write_text("version=1\n", encoding="ascii")
    with pytest.raises(DeployError, match="has no name"):
        distribution.plugin_name(tmp_path)

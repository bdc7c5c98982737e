"""Signed links say where they lead, and nothing but what was signed is believed."""

import os
import stat
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError
from werkzeug.utils import redirect

from mappings.web_address import is_web_address
from search_api.settings import ReaderSettings
from search_api.usage.link_key import FILE, link_key
from search_api.usage.links import LONGEST, PATH, LinkError, Links, Visit
from search_api.usage.usage import usage_of

LINKS = Links(b"a key of sixteen or more")
VISIT = Visit(listing="forge.CAD-10", rank=3, surface="page", lang="en", to="https://forge.example/cad?a=1&b=é")


def parameters(visit: Visit = VISIT, links: Links = LINKS) -> dict[str, str]:
    address = urlsplit(links.address(visit))
    assert (address.scheme, address.netloc, address.path) == ("", "", PATH)
    return dict(parse_qsl(address.query, strict_parsing=True))


def test_a_link_says_what_was_signed() -> None:
    assert LINKS.visit(parameters()) == VISIT
    unranked = VISIT.model_copy(update={"rank": None})
    assert "rank" not in parameters(unranked)
    assert LINKS.visit(parameters(unranked)) == unranked


def test_the_same_visit_has_the_same_link_so_that_answers_can_be_cached() -> None:
    assert LINKS.address(VISIT) == Links(b"a key of sixteen or more").address(VISIT)


@pytest.mark.parametrize(
    ("name", "value"),
    [("to", "https://evil.example"), ("rank", "1"), ("listing", "forge.X"), ("lang", "fr"), ("surface", "api"),
     ("signature", ""), ("signature", "A" * 43), ("signature", "é"), ("signature", "\ud800"), ("rank", "0"),
     ("rank", "x"), ("to", "")],
)  # fmt: skip
def test_a_changed_link_is_none_of_ours(name: str, value: str) -> None:
    with pytest.raises(LinkError):
        LINKS.visit({**parameters(), name: value})


@pytest.mark.parametrize("name", ["to", "rank", "listing", "lang", "surface", "signature"])
def test_a_link_that_lacks_something_is_none_of_ours(name: str) -> None:
    with pytest.raises(LinkError):
        LINKS.visit({key: value for key, value in parameters().items() if key != name})


def test_what_others_add_to_a_link_does_not_break_it() -> None:
    assert LINKS.visit({**parameters(), "fbclid": "x", "utm_source": "y"}) == VISIT


def test_another_key_makes_another_signature() -> None:
    with pytest.raises(LinkError):
        Links(b"another key of sixteen").visit(parameters())


@pytest.mark.parametrize(
    "to", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/out", "https://a..b.example"]
)
def test_even_a_signed_link_leads_only_to_sites(to: str) -> None:
    with pytest.raises(LinkError):
        LINKS.visit(parameters(VISIT.model_copy(update={"to": to})))


@given(listing=st.text(min_size=1, max_size=60), path=st.text(max_size=60), rank=st.none() | st.integers(1, 1000))
def test_any_listing_and_address_come_back_as_they_were_signed(listing: str, path: str, rank: int | None) -> None:
    to = f"https://forge.example/{path}"
    visit = Visit(listing=listing, rank=rank, surface="api", lang="fr", to=to)
    signed = {**visit.model_dump(exclude_none=True), "signature": LINKS._signature(visit)}
    given = {name: str(value) for name, value in signed.items()}
    if is_web_address(to):
        assert LINKS.visit(given) == visit
    else:
        with pytest.raises(LinkError):
            LINKS.visit(given)


@given(host=st.text(min_size=1, max_size=80), port=st.text("0123456789x", max_size=6))
@example(host="forge.example", port="99999")
@example(host="forge.example", port="x")
@example(host="a..b.example", port="")
@example(host=f"{'x' * 64}.example", port="")
def test_every_address_that_is_one_can_be_written_in_a_header(host: str, port: str) -> None:
    address = f"https://{host}:{port}/"
    if is_web_address(address):
        assert redirect(address).get_wsgi_headers({})["Location"].isascii()


@given(st.dictionaries(st.sampled_from(["to", "rank", "listing", "lang", "surface", "signature"]), st.text()))
def test_nothing_made_up_is_believed(given: dict[str, str]) -> None:
    with pytest.raises(LinkError):
        LINKS.visit(given)


def test_a_key_is_made_once_and_for_the_service_alone(tmp_path: Path) -> None:
    folder = tmp_path / "usage"
    key = link_key("", folder, make=True)
    assert link_key("", folder, make=True) == link_key("", folder, make=False) == key
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(key) == 32
    assert link_key("", tmp_path / "other", make=True) != key


def test_the_operators_key_goes_above_and_nothing_is_written(tmp_path: Path) -> None:
    assert link_key("k" * 16, tmp_path, make=True) == b"k" * 16
    assert list(tmp_path.iterdir()) == []


def test_of_two_that_make_a_key_at_once_the_first_ones_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def overtaken(draft: Path, path: Path) -> None:
        path.write_bytes(b"t" * 32)
        link(draft, path)

    monkeypatch.setattr("os.link", overtaken)
    assert link_key("", tmp_path, make=True) == b"t" * 32
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_where_no_key_can_be_kept_one_is_made_for_as_long_as_the_server_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert len(link_key("", tmp_path / "file" / "usage", make=True)) == 32
    assert "link_key_not_kept" in capsys.readouterr().out


@pytest.mark.parametrize("held", [b"", b"t" * 31, b"t" * 33])
def test_a_file_that_holds_no_key_is_warned_of_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], held: bytes
) -> None:
    (tmp_path / FILE).write_bytes(held)
    assert len(link_key("", tmp_path, make=True)) == 32
    printed = capsys.readouterr().out
    assert printed.count("link_key_not_kept") == printed.count("UnusableKeyError") == 1
    assert (tmp_path / FILE).read_bytes() == held


def test_a_short_key_is_refused_and_not_shown() -> None:
    with pytest.raises(ValidationError) as refused:
        ReaderSettings.model_validate({"link_key": "tooshort"})
    assert "16" in str(refused.value)
    assert "tooshort" not in str(refused.value)
    assert "k" * 16 not in repr(ReaderSettings.model_validate({"link_key": "k" * 16}))


def test_a_listing_has_a_way_out_only_to_a_site(tmp_path: Path) -> None:
    usage = usage_of(ReaderSettings.model_validate({"usage_dir": tmp_path}))
    for listing in ({"id": "x"}, {"id": "x", "url": ""}, {"id": "x", "url": "javascript:alert(1)"}):
        assert usage.with_out(listing, "api", "en") == listing


def test_an_address_too_long_for_a_link_is_linked_straight(tmp_path: Path) -> None:
    usage = usage_of(ReaderSettings.model_validate({"usage_dir": tmp_path}))
    address = f"https://forge.example/{'x' * LONGEST}"
    assert usage.with_out({"id": "x", "url": address}, "api", "en")["out"] == address

from pathlib import Path

import pytest

from tests.titles.title_file import TitleFileError, read_titles


def written(folder: Path, text: str) -> Path:
    path = folder / "titles.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


@pytest.mark.parametrize(
    "header", ["code,lang,title", "NOC code,Language,Job title", "OaSIS profile code,Langue,Titre"]
)
def test_headers_may_be_called_many_things(tmp_path: Path, header: str) -> None:
    (found,) = read_titles(written(tmp_path, f"{header}\n72106,fr,Soudeur/soudeuse\n"))
    assert (found.code, found.language, found.title) == ("72106", "fr", "Soudeur/soudeuse")


def test_the_title_is_not_taken_from_a_column_about_titles(tmp_path: Path) -> None:
    path = written(tmp_path, "OaSIS profile code,Job title type,Job title text\n72106.00,Example,Welder\n")
    (found,) = read_titles(path)
    assert (found.code, found.language, found.title) == ("72106", "en", "Welder")


def test_a_file_without_languages_is_in_the_one_given(tmp_path: Path) -> None:
    (found,) = read_titles(written(tmp_path, "code,title\n72106,Soudeuse\n"), "fr")
    assert found.language == "fr"


def test_codes_that_lost_their_zeros_have_them_back(tmp_path: Path) -> None:
    (found,) = read_titles(written(tmp_path, "code,title\n10,Mayor\n"))
    assert found.code == "00010"


def test_rows_without_a_code_or_a_title_are_left_out(tmp_path: Path) -> None:
    assert (
        list(read_titles(written(tmp_path, "code,lang,title\n72106,en, \nnone,en,Welder\n72106,de,Schweisser\n"))) == []
    )


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(TitleFileError, match="code"):
        list(read_titles(written(tmp_path, "title\nWelder\n")))

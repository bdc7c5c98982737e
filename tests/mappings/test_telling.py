from mappings.knowledge import knowledge
from mappings.occupation import Both, Lists, Occupation
from mappings.telling import telling


def occupation(code: str, *skills: str) -> Occupation:
    return Occupation(code=code, title=Both(en=code, fr=code), names=Lists(), summary=Both(en="", fr=""), skills=skills)


def test_what_one_occupation_uses_is_telling_and_what_all_use_says_nothing() -> None:
    found = telling(
        {
            code: occupation(code, "talk", *own)
            for code, own in (("00001", ["weld"]), ("00002", ["bake"]), ("00003", []))
        }
    )
    assert found == {"talk": 0.0, "weld": 1.0, "bake": 1.0}


def test_skills_of_the_trade_are_more_telling_than_those_of_any_work() -> None:
    found = telling(knowledge().occupations)
    assert found["welding"] > found["occupational-health-safety"]
    assert all(0 <= share <= 1 for share in found.values())

"""What golden queries win and lose, told apart from listings that come and go."""

from collections.abc import Mapping

import pytest

from indexer import gate
from indexer.failures import GateError
from indexer.golden.comparison import ALL, GoldenReport, Row, compared, judging_none
from indexer.golden.telling import golden_lines, golden_markdown
from indexer.golden.turnover import Turnover, turnover_of
from mappings.contract import Language
from mappings.golden import GoldenAnswer, GoldenQuery, QueryClass


def query(name: str, grades: Mapping[int, list[str]], kind: QueryClass = "skill", lang: Language = "en") -> GoldenQuery:
    told = {"id": name, "class": kind, "language": lang, "text": f"text of {name}", "grades": grades}
    return GoldenQuery.model_validate(told)


def answers(**ids: str) -> dict[str, GoldenAnswer]:
    """By query, the ids parted by spaces; a hyphen for an answer that says nothing suits."""
    return {
        name: GoldenAnswer(index="x", query=name, ids=tuple(found.split()), declined=found == "-")
        for name, found in ids.items()
    }


WELD = query("weld", {3: ["a"], 2: ["b"], 1: ["c"]})
KITE = query("kite", {}, "nothing")
SOUDER = query("souder", {3: ["s"]}, "tool", "fr")
HELD = frozenset("abcsxyz")


def figures(report: GoldenReport) -> dict[tuple[str, str], tuple[float | None, float]]:
    return {(row.language, row.query_class): (row.before, row.after) for row in report.rows}


def test_a_worse_order_is_a_loss_of_its_class_and_language_only() -> None:
    before, after = answers(weld="a b c", souder="s"), answers(weld="c b a", souder="s")
    report = compared([WELD, SOUDER], before, after, Turnover(HELD))
    assert figures(report)["fr", ALL] == figures(report)["fr", "tool"] == (1, 1)
    held, now = figures(report)["en", "skill"]
    assert held == 1
    assert now == pytest.approx(0.79, abs=0.01)
    assert [(one.id, one.text) for one in report.moved] == [("weld", "text of weld")]


def test_a_wish_nobody_serves_is_rightly_declined() -> None:
    report = compared([KITE], answers(kite="-"), answers(kite="a b"), Turnover(HELD))
    assert figures(report)["en", "nothing"] == (1, 0)


def test_a_judged_listing_that_left_is_no_loss_and_is_said() -> None:
    turnover = Turnover(HELD - {"a"}, removed=frozenset("a"))
    report = compared([WELD], answers(weld="a x b c"), answers(weld="x b c"), turnover)
    held, now = figures(report)["en", ALL]
    assert held == now
    assert (report.gone, report.absent, report.left_out, report.moved) == (1, 0, 0, ())
    assert "golden: 1 judged listings left the catalogue" in "\n".join(golden_lines(report))


def test_a_judged_listing_that_came_hides_no_loss_among_the_others() -> None:
    turnover = Turnover(HELD, added=frozenset("a"))
    report = compared([WELD], answers(weld="b c"), answers(weld="a c b"), turnover)
    assert report.totals[0].loss > 0.1


def test_a_query_whose_judged_listings_all_left_is_left_out() -> None:
    turnover = Turnover(frozenset("sx"), removed=frozenset("abc"))
    report = compared([WELD, SOUDER], answers(weld="a b c", souder="s"), answers(weld="x", souder="s"), turnover)
    assert [row.language for row in report.totals] == ["fr"]
    assert (report.left_out, report.gone) == (1, 3)


def test_a_new_listing_nobody_judged_displaces_the_others_and_is_said() -> None:
    turnover = Turnover(HELD | {"new"}, added=frozenset({"new"}))
    report = compared([WELD], answers(weld="a b c"), answers(weld="new a b c"), turnover)
    assert report.totals[0].loss > 0.1
    assert report.newcomers == 1


def test_queries_that_judge_nothing_of_the_catalogue_say_so() -> None:
    report = judging_none([WELD], Turnover(frozenset("xyz"), removed=frozenset("a")))
    assert report
    assert (report.note, report.gone, report.absent, report.left_out) == ("judges_none", 1, 2, 1)
    assert judging_none([WELD], Turnover(HELD)) is None
    gate.check_golden(report, 0)


def test_without_anything_before_the_figures_stand_alone() -> None:
    report = compared([WELD, KITE], None, answers(weld="a b c", kite="-"), Turnover(HELD, added=HELD))
    assert (report.note, figures(report)["en", ALL], report.moved) == ("nothing_kept", (None, 1), ())
    gate.check_golden(report, 0)
    assert any("–" in line for line in golden_lines(report))


OFFERED = query("offered", {3: ["a.2"], 1: ["c"]})


def test_a_new_term_above_a_judged_one_is_the_same_course_and_no_loss() -> None:
    turnover = turnover_of({"a.2": "a.2", "c": "c"}, {"a.1": "a.1", "a.2": "a.1", "c": "c"})
    report = compared([OFFERED], answers(offered="a.2 c"), answers(offered="a.1 c"), turnover)
    assert figures(report)["en", ALL] == (1, 1)
    assert (report.gone, report.absent, report.newcomers) == (0, 0, 0)
    assert judging_none([query("only", {3: ["a.2"]})], turnover) is None


def test_a_first_offering_that_is_over_takes_nothing_from_its_course() -> None:
    before = {"a.1": "a.1", "a.2": "a.1", "a.3": "a.1", "c": "c"}
    turnover = turnover_of(before, {"a.2": "a.2", "a.3": "a.2", "c": "c"})
    for judged in ("a.1", "a.2", "a.3"):
        graded = query("offered", {3: [judged], 1: ["c"]})
        report = compared([graded], answers(offered="a.1 c"), answers(offered="a.2 c"), turnover)
        assert figures(report)["en", ALL] == (1, 1)
        assert (report.gone, report.left_out) == (0, 0)


def test_two_judged_offerings_count_once_with_the_better_grade() -> None:
    both = query("offered", {3: ["a.2"], 2: ["c"], 1: ["a.1"]})
    courses = {"a.1": "a.1", "a.2": "a.1", "c": "c"}
    report = compared([both], answers(offered="a.1 c"), answers(offered="c a.1"), turnover_of(courses, courses))
    held, now = figures(report)["en", ALL]
    assert held == 1
    assert now < 0.95


def test_a_course_comes_when_none_of_its_listings_was_served_and_goes_when_none_stays() -> None:
    before = {"a.1": "a.1", "a.2": "a.1", "b.1": "b.1", "b.2": "b.1"}
    turnover = turnover_of(before, {"a.2": "a.2", "a.3": "a.2", "new": "new"})
    assert (set(turnover.now), set(turnover.added)) == ({"a.2", "new"}, {"new"})
    assert (set(turnover.removed), set(turnover.stayed)) == ({"b.1"}, {"a.2"})
    assert turnover.named(["a.1", "b.2", "a.3", "x"]) == ("a.2", "b.1", "x")


def total(language: Language, before: float, after: float) -> Row:
    return Row(language=language, query_class=ALL, queries=50, before=before, after=after)


def test_the_gate_refuses_a_loss_beyond_the_setting_in_either_language_with_its_figures() -> None:
    report = GoldenReport(rows=(total("en", 0.80, 0.85), total("fr", 0.90, 0.87)))
    gate.check_golden(report, 0.03)
    with pytest.raises(GateError, match=r"GOLDEN_LOSS=0\.02: fr 0\.030 \(0\.900 to 0\.870\); .* FORCE=all"):
        gate.check_golden(report, 0.02)


def test_the_report_has_every_sentence_in_both_languages() -> None:
    report = GoldenReport(note="judges_none", gone=1, absent=2, left_out=3, newcomers=4)
    lines = golden_markdown(report)
    assert len(lines) == 5
    for line in lines:
        english, _, french = line.partition(" / ")
        assert english
        assert french
    table = golden_markdown(GoldenReport(rows=(total("fr", 0.9, 0.87),)))
    assert table[-1] == "| all | fr | 50 | 0.900 | 0.870 | -0.030 |"

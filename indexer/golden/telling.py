"""What golden queries say of a load, in words: for the terminal, and in both languages for the report."""

from collections.abc import Iterator, Sequence

from indexer.golden.comparison import GoldenReport, Move, Note, Row
from mappings.contract import Label

NOTES: dict[Note, Label] = {
    "first_load": Label(
        en="nothing is served yet to compare with; the next load is asked golden queries",
        fr="rien n'est encore servi, il n'y a donc rien à comparer; les requêtes de référence seront posées au "
        "prochain chargement",
    ),
    "judges_none": Label(
        en="the golden queries judge none of these listings; set GOLDEN to a file that does, or to off",
        fr="les requêtes de référence ne jugent aucune de ces offres; donnez à GOLDEN un fichier qui en juge, ou off",
    ),
    "nothing_kept": Label(
        en="the served index is of another contract or model, and its answers were not kept: nothing to compare with",
        fr="l'index servi relève d'un autre contrat ou modèle, sans réponses gardées : rien à quoi comparer",
    ),
}
COUNTS: dict[str, Label] = {
    "gone": Label(
        en="{count} judged listings left the catalogue with this load; they count for neither index",
        fr="offres jugées retirées par ce chargement et qui ne comptent pour aucun des deux index : {count}",
    ),
    "absent": Label(
        en="{count} judged listings are in neither index",
        fr="offres jugées absentes des deux index : {count}",
    ),
    "left_out": Label(
        en="{count} queries are judged by no listing that is there, and left out",
        fr="requêtes laissées de côté, aucune offre présente ne les jugeant : {count}",
    ),
    "newcomers": Label(
        en="{count} queries have a new listing that nobody judged among their first ten",
        fr="requêtes ayant parmi les dix premières réponses une nouvelle offre que personne n'a jugée : {count}",
    ),
}
HEAD = ("class / catégorie", "lang / langue", "queries / requêtes", "before / avant", "after / après", "±")
RULE = ("---", "---", "---:", "---:", "---:", "---:")
NOTHING = "–"


def _sentences(report: GoldenReport, language: str) -> Iterator[str]:
    if report.note:
        yield NOTES[report.note].in_language(language)
    for name, words in COUNTS.items():
        count = getattr(report, name)
        if count:
            yield words.in_language(language).format(count=count)


def _before(row: Row) -> str:
    return NOTHING if row.before is None else f"{row.before:.3f}"


def _difference(row: Row) -> str:
    return NOTHING if row.before is None else f"{row.after - row.before:+.3f}"


def _cells(row: Row) -> tuple[str, ...]:
    return (row.query_class, row.language, str(row.queries), _before(row), f"{row.after:.3f}", _difference(row))


def _aligned(cells: Sequence[str]) -> str:
    name, language, *figures = cells
    return f"  {name:<15} {language:<5}" + "".join(f"{one:>9}" for one in figures)


def _move(move: Move) -> str:
    return f"{move.id} “{move.text}” {move.before:.2f} → {move.after:.2f}"


def golden_lines(report: GoldenReport) -> list[str]:
    """A table and sentences for the terminal."""
    head = _aligned(("golden: nDCG@10", "", "queries", "before", "after", "±")).strip()
    table = [head, *(_aligned(_cells(row)) for row in report.rows)] if report.rows else []
    moved = ["golden: moved most", *(f"  {_move(one)}" for one in report.moved)] if report.moved else []
    return [*table, *moved, *(f"golden: {sentence}" for sentence in _sentences(report, "en"))]


def golden_markdown(report: GoldenReport) -> list[str]:
    """The same as the lines of a section, in both languages."""
    rows = [HEAD, RULE, *map(_cells, report.rows)] if report.rows else []
    table = [f"| {' | '.join(cells)} |" for cells in rows]
    told = zip(_sentences(report, "en"), _sentences(report, "fr"), strict=True)
    sentences = [f"- {english} / {french}" for english, french in told]
    moved = [f"- {_move(one)}" for one in report.moved]
    return [*table, *([""] if table and (sentences or moved) else []), *sentences, *moved]

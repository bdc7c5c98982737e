"""The language a query is written in, which need not be that of the page it is typed on."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from mappings.contract import LANGUAGES, Language

# Of 2,000 example titles of NOC 2021, 86 % are told right at this probability, 0.3 % wrong, the others not at all.
LEAST_SURE = 0.8


@cache
def _identifier() -> LanguageIdentifier:
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(list(LANGUAGES))
    return made


def language_seen(text: str) -> Language | None:
    """English or French; None where the words do not tell."""
    found, probability = _identifier().classify(text)
    if probability < LEAST_SURE:
        return None
    return next((language for language in LANGUAGES if language == found), None)

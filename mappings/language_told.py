"""Which of our languages a text is written in, as its letters tell."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from mappings.contract import LANGUAGES, Language


@cache
def _identifier() -> LanguageIdentifier:
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(list(LANGUAGES))
    return made


def language_told(text: str, least_sure: float) -> Language | None:
    """English or French; None where that is less probable than `least_sure` (.5 to 1)."""
    found, probability = _identifier().classify(text)
    if probability < least_sure:
        return None
    return next((language for language in LANGUAGES if language == found), None)

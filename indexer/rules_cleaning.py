"""What cleaning refuses or changes, as (English, French) sentences: warnings all, taken in by indexer/rules.py."""

LEFT_OUT: dict[str, tuple[str, str]] = {
    "date_of_month": (
        "this is a month, not a day; write the day, such as 2027-01-18",
        "c'est un mois, pas un jour; écrivez le jour, comme 2027-01-18",
    ),
    "date_weekday": (
        "this day is not on the weekday written with it",
        "ce jour ne tombe pas le jour de la semaine qui l'accompagne",
    ),
    "duration_mixed": (
        "days and hours together do not say how many hours are taught; write PT12H, P2D or P4W",
        "des jours et des heures ensemble ne disent pas combien d'heures sont enseignées; écrivez PT12H, P2D ou P4W",
    ),
    "not_a_price": (
        "this is not one plain price",
        "ce n'est pas un prix simple",
    ),
    "price_lower_bound": (
        "this is the lowest price only; write what a learner pays in all",
        "ce n'est que le prix le plus bas; écrivez ce que la personne paie en tout",
    ),
    "price_of_a_part": (
        "this is the price of a part (an hour, a month, a credit); write what a learner pays in all",
        "c'est le prix d'une partie (une heure, un mois, un crédit); écrivez ce que la personne paie en tout",
    ),
    "price_not_public": (
        "this price is for some people only (members, students); write what anyone else pays",
        "ce prix ne vaut que pour certains (membres, étudiants); écrivez ce que paient les autres",
    ),
    "time_unclear": (
        "this does not say whether classes are by day, in the evening or at the weekend",
        "on n'y lit pas si les cours ont lieu le jour, le soir ou la fin de semaine",
    ),
    "too_many": (
        "there are more than {limit} values; the others are left out",
        "il y a plus de {limit} valeurs; les autres sont omises",
    ),
    "currency_disagrees": (
        "the price names the currency {named}, its own column {stated}; the price is left out",
        "le prix nomme la devise {named}, sa propre colonne {stated}; le prix est omis",
    ),
}
KEPT: dict[str, tuple[str, str]] = {
    "script_taken_out": (
        "this text held a script; it was taken out",
        "ce texte contenait un script; il a été retiré",
    ),
    "hidden_taken_out": (
        "this text held characters that cannot be seen or that turn other letters about; they were taken out",
        "ce texte contenait des caractères invisibles ou qui inversent d'autres lettres; ils ont été retirés",
    ),
    "formula_as_text": (
        "this begins like a formula of a spreadsheet; it is shown as text and never run",
        "ceci commence comme une formule de tableur; c'est affiché comme du texte et jamais exécuté",
    ),
    "contact_taken_out": (
        "an e-mail address, a telephone number or a staff member's name was taken out",
        "une adresse courriel, un numéro de téléphone ou le nom d'un membre du personnel a été retiré",
    ),
    "text_repaired": (
        "accents were damaged before the file was sent (“Ã©” for “é”) and were repaired",
        "des accents ont été abîmés avant l'envoi du fichier (« Ã© » pour « é ») et ont été rétablis",
    ),
}

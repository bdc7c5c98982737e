"""What is said of web addresses that were asked for: a kind, and its sentence in English and French."""

WARNINGS: dict[str, tuple[str, str]] = {
    "link_gone": ("the page does not exist (status {status})", "la page n'existe pas (code {status})"),
    "link_dead": (
        "the page could not be reached in two loads hours apart: {detail_en}",
        "la page était inaccessible lors de deux chargements à des heures d'intervalle : {detail_fr}",
    ),
    "link_status": (
        "the server {host} answered with status {status}, so whether the page exists could not be checked",
        "le serveur {host} a répondu par le code {status}; l'existence de la page n'a pu être vérifiée",
    ),
    "link_slow": (
        "the server did not answer within {seconds} seconds, so whether the page exists could not be checked",
        "le serveur n'a pas répondu en {seconds} secondes; l'existence de la page n'a pu être vérifiée",
    ),
    "link_unasked": (
        "this address is never asked, so whether the page exists could not be checked: {detail_en}",
        "cette adresse n'est jamais interrogée; l'existence de la page n'a pu être vérifiée : {detail_fr}",
    ),
}

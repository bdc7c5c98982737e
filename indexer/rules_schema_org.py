"""What can be said of schema.org descriptions beside the rules of every feed: English and French sentence by kind."""

HELD_BACK: dict[str, tuple[str, str]] = {
    "script_broken": (
        "a JSON-LD script of the page is not readable as JSON",
        "un script JSON-LD de la page n'est pas lisible comme JSON",
    ),
    "page_unreadable": (
        "the page cannot be read: {detail}",
        "la page est illisible : {detail}",
    ),
    "page_too_large": (
        "the page is larger than {limit} MB",
        "la page dépasse {limit} Mo",
    ),
    "page_not_fetched": (
        "the page cannot be fetched: {detail_en}",
        "la page ne peut être récupérée : {detail_fr}",
    ),
}
WARNINGS: dict[str, tuple[str, str]] = {
    # The value is left out.
    "price_no_tuition": (
        "this is not what the course costs in all, such as room and board or a price by the month",
        "ce n'est pas le coût total du cours, mais par exemple le logement et les repas ou un prix au mois",
    ),
    "mode_disagrees": (
        "the mode says online, but the place is a real one",
        "le mode dit en ligne, mais le lieu est un lieu réel",
    ),
    "place_unclear": (
        "no city can be told from this; write addressLocality",
        "aucune ville ne s'en dégage; écrivez addressLocality",
    ),
    "occupation_elsewhere": (
        "this occupation is not of NOC 2021",
        "cette profession n'est pas de la CNP 2021",
    ),
    "language_not_read": (
        "text in the language “{language}” is not read, only English and French",
        "le texte dans la langue « {language} » n'est pas lu, seulement l'anglais et le français",
    ),
    "runs_past": (
        "{count} runs have begun and are not offered",
        "{count} séances ont commencé et ne sont pas offertes",
    ),
    "kind_no_listing": (
        "things of this kind are not listings and were not read: {count}",
        "les éléments de ce genre ne sont pas des offres et n'ont pas été lus : {count}",
    ),
    "page_missing": (
        "pages of the site map that are not beside it: {count}",
        "pages du plan du site absentes à côté de lui : {count}",
    ),
    "page_without_course": (
        "pages in which no course is described: {count}",
        "pages où aucun cours n'est décrit : {count}",
    ),
    # Pages of a site map that are fetched.
    "page_kept": (
        "the page cannot be fetched, so its copy of {day} was read: {detail_en}",
        "la page ne peut être récupérée; sa copie du {day} a été lue : {detail_fr}",
    ),
    "page_unasked": (
        "pages for which time or room ran out, so that only their recent copies were read: {count}",
        "pages que le temps ou la place n'a pas permis de demander; seules leurs copies récentes sont lues : {count}",
    ),
    "page_elsewhere": (
        "addresses of the site map that are of another site and were not asked for: {count}",
        "adresses du plan du site qui sont d'un autre site et n'ont pas été demandées : {count}",
    ),
    "page_no_address": (
        "entries of the site map that are no web address: {count}",
        "entrées du plan du site qui ne sont pas des adresses Web : {count}",
    ),
    "page_disallowed": (
        "pages that the site's robots.txt asks machines to leave alone: {count}",
        "pages que le robots.txt du site demande aux machines de laisser : {count}",
    ),
    # Everything is kept.
    "runs_all_past": (
        "all runs have begun ({count}); the course is offered without a start date",
        "toutes les séances ont commencé ({count}); le cours est offert sans date de début",
    ),
    "price_chosen": (
        "several prices are given; {price} was taken as the one for everybody",
        "plusieurs prix sont donnés; {price} a été retenu comme celui pour tout le monde",
    ),
    "kind_missing": (
        "no @type is given; it was read as a run of a course",
        "aucun @type n'est donné; l'élément a été lu comme une séance de cours",
    ),
    "event_as_course": (
        "this is an event with runs; it was read as a course",
        "c'est un événement avec des séances; il a été lu comme un cours",
    ),
    "run_as_course": (
        "this run belongs to no course; it was read as a course of its own",
        "cette séance n'appartient à aucun cours; elle a été lue comme un cours en soi",
    ),
    "id_made": (
        "no code, identifier or address is given; the ID was made of the name, and changes with it",
        "aucun code, identifiant ni adresse n'est donné; l'identifiant a été tiré du nom et changera avec lui",
    ),
}

"""What can be wrong with feeds of foreign formats: XML, CTDL, tables and lists read by a mapping. English, French."""

# Something is passed over; everything else is kept.
WARNINGS: dict[str, tuple[str, str]] = {
    "run_without_course": (
        "a run that belongs to no course was left out",
        "une séance qui n'appartient à aucun cours a été omise",
    ),
    "controls_removed": (
        "{count} control characters, which XML forbids, were taken out",
        "{count} caractères de commande, interdits en XML, ont été retirés",
    ),
    "join_alone": (
        "this record of {file} belongs to no record of the feed and was not read",
        "cet enregistrement de {file} ne se rattache à aucun enregistrement du flux et n'a pas été lu",
    ),
    "more_pages": (
        "the list goes on at another page, which was not read",
        "la liste continue sur une autre page, qui n'a pas été lue",
    ),
    "column_missing": (
        "the mapping reads this column, but the file has none of that name",
        "le mappage lit cette colonne, mais le fichier n'en a pas de ce nom",
    ),
    "organization_unlisted": (
        "this describes an organization, which is no listing",
        "ceci décrit un organisme, ce qui n'est pas une offre",
    ),
    "offering_alone": (
        "no course of the file names this offering, so it is not listed",
        "aucun cours du fichier ne mentionne cette séance; elle n'est donc pas offerte",
    ),
    "class_unlisted": (
        "this is neither a credential nor something to learn, so it is not listed",
        "ce n'est ni un titre ni une formation; ce n'est donc pas une offre",
    ),
    "status_closed": (
        "by its status or its last day it is not offered now, so it is not listed",
        "d'après son état ou sa date de fin, ce n'est pas offert en ce moment; ce n'est donc pas affiché",
    ),
}

# The feed cannot be read.
FAILURES: dict[str, tuple[str, str]] = {
    "workbook_unfolds": (
        "opening the workbook {file} takes more than {megabytes} MB or {seconds} s: does a cell stand far away?",
        "ouvrir le classeur {file} demande plus de {megabytes} Mo ou {seconds} s : une cellule est-elle au loin?",
    ),
    "columns_unmapped": (
        "no column that the mapping reads was found; the file has: {found}",
        "aucune des colonnes que lit le mappage n'a été trouvée; le fichier contient : {found}",
    ),
    "nothing_wanted": (
        "by the mapping's condition, none of the records of {file} is a listing",
        "d'après la condition du mappage, aucun des enregistrements de {file} n'est une offre",
    ),
    "nothing_to_learn": (
        "{file} describes no credential and nothing to learn, only: {found}",
        "{file} ne décrit aucun titre ni aucune formation, seulement : {found}",
    ),
    "document_type": (
        "{file} declares entities of its own, which are never followed: send it without <!DOCTYPE>",
        "{file} déclare ses propres entités, qui ne sont jamais suivies : envoyez-le sans <!DOCTYPE>",
    ),
    "xml_too_deep": (
        "{file} nests its elements more than {limit} deep",
        "{file} imbrique ses éléments à plus de {limit} niveaux",
    ),
    "record_too_large": (
        "a record of {file}, or what stands between two, is larger than {limit} MB",
        "un enregistrement de {file}, ou ce qui en sépare deux, dépasse {limit} Mo",
    ),
    "mapping_missing": (
        "{file} is XML, which is read by a mapping only",
        "{file} est du XML, qui n'est lu que par un mappage",
    ),
}

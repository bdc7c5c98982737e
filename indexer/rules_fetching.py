"""Why a feed cannot be fetched or unpacked: a kind, and its sentence in English and French."""

FETCHING: dict[str, tuple[str, str]] = {
    "fetch_name_unknown": (
        "the name {host} leads to no server", "le nom {host} ne mène à aucun serveur"
    ),
    "fetch_unreached": ("the server {host} cannot be reached", "le serveur {host} est injoignable"),
    "fetch_private": (
        "{host} leads to an address that is not on the public Internet, which is refused",
        "{host} mène à une adresse qui n'est pas sur l'Internet public, ce qui est refusé",
    ),
    "fetch_certificate": (
        "the certificate of {host} cannot be trusted: {detail}",
        "le certificat de {host} n'est pas digne de confiance : {detail}",
    ),
    "fetch_broken_off": (
        "the answer of {host} broke off before its end", "la réponse de {host} s'est interrompue avant la fin"
    ),
    "fetch_slow": (
        "fetching it took longer than {seconds} seconds and was cut off",
        "la récupération a dépassé {seconds} secondes et a été interrompue",
    ),
    "fetch_sign_in": (
        "the server {host} refused the sign-in (status {status})",
        "le serveur {host} a refusé l'authentification (code {status})",
    ),
    "fetch_gone": (
        "the server {host} has nothing at this address (status {status})",
        "le serveur {host} n'a rien à cette adresse (code {status})",
    ),
    "fetch_status": (
        "the server {host} answered with status {status} instead of the feed",
        "le serveur {host} a répondu par le code {status} au lieu du flux",
    ),
    "fetch_redirects": (
        "the server {host} redirects more than {limit} times", "le serveur {host} redirige plus de {limit} fois"
    ),
    "fetch_redirect_refused": (
        "the server {host} redirects to an address that is not followed: {detail_en}",
        "le serveur {host} redirige vers une adresse qui n'est pas suivie : {detail_fr}",
    ),
    "fetch_coding": (
        "the server {host} packed its answer in a way it was not asked for",
        "le serveur {host} a compressé sa réponse d'une façon qui n'était pas demandée",
    ),
    "fetch_secret_missing": (
        "the variable {variable} is not set, so the server cannot be signed in to",
        "la variable {variable} n'est pas définie; l'authentification est donc impossible",
    ),
    "fetch_secret_unusable": (
        "the variable {variable} does not hold what signing in needs: printable characters, or user:password",
        "la variable {variable} ne contient pas ce qu'il faut : caractères imprimables, ou utilisateur:mot de passe",
    ),
    "fetch_not_kept": (
        "what was fetched cannot be kept on this machine: {detail}",
        "ce qui a été récupéré ne peut être conservé sur cette machine : {detail}",
    ),
    "join_unsaid": (
        "the mapping joins the file {file}, but the source does not say by join where it is fetched from",
        "le mappage joint le fichier {file}, mais la source ne dit pas par join d'où le récupérer",
    ),
    "pages_too_many": (
        "the site map names more than {limit} pages or maps: narrow it by under, or allow more by most",
        "le plan du site nomme plus de {limit} pages ou plans : restreignez-le par under ou augmentez most",
    ),
    "content_other": (
        "{file} holds {found_en} instead of {format}", "{file} contient {found_fr} au lieu de {format}"
    ),
    "archive_broken": (
        "{file} is packed but damaged or incomplete, so it cannot be unpacked",
        "{file} est compressé mais endommagé ou incomplet, et ne peut être décompressé",
    ),
    "archive_bomb": (
        "{file} would unpack to more than {ratio} times its size, which is refused",
        "{file} se décompresserait en plus de {ratio} fois sa taille, ce qui est refusé",
    ),
    "archive_nested": (
        "{file} holds another packed file, which is not unpacked",
        "{file} contient un autre fichier compressé, qui n'est pas décompressé",
    ),
    "archive_locked": ("{file} is locked by a password", "{file} est protégé par un mot de passe"),
    "archive_unsafe": (
        "{file} holds a file whose name leads out of the archive, so it is refused whole",
        "{file} contient un fichier dont le nom mène hors de l'archive; il est refusé en entier",
    ),
    "archive_crowded": (
        "{file} holds {count} files that could be the feed: name the right one with member",
        "{file} contient {count} fichiers qui pourraient être le flux : nommez le bon par member",
    ),
    "archive_without": (
        "{file} holds no file {member}", "{file} ne contient aucun fichier {member}"
    ),
}  # fmt: skip

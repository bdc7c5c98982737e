"""Courses of a made-up college in each XML format, as whole as its exports are."""

from collections.abc import Callable

PLACES = ("Sudbury", "Timmins", "Kenora")
TRADES = ("Welding", "Plumbing", "Carpentry", "Masonry", "Roofing", "Glazing")
METIERS = ("Soudage", "Plomberie", "Charpenterie", "Maçonnerie", "Toiture", "Vitrerie")
ABOUT = "Work safely with the tools of the trade, read a drawing and keep your place in order, part {0}."
PROPOS = "Travailler en sécurité avec les outils du métier, lire un plan et tenir son poste en ordre, partie {0}."

XCRI = """<course><dc:identifier>https://pretend.example/c/{0}</dc:identifier>
<dc:identifier xsi:type="x:code">TR-{0}</dc:identifier>
<dc:title>{1}</dc:title><dc:description><div xmlns="http://www.w3.org/1999/xhtml"><p>{3}</p><p>More.</p></div>
</dc:description><mlo:url>https://pretend.example/c/{0}</mlo:url><learningOutcome>Can do {1}.</learningOutcome>
<mlo:prerequisite>Grade {0}.</mlo:prerequisite>
<presentation><mlo:start dtf="2027-01-1{0}">January</mlo:start><mlo:duration interval="P{0}W">{0} weeks</mlo:duration>
<applyUntil dtf="2027-01-0{0}">Soon</applyUntil><attendanceMode identifier="CM">Campus</attendanceMode>
<attendancePattern identifier="EV">Evening</attendancePattern>
<mlo:languageOfInstruction>en-GB</mlo:languageOfInstruction>
<mlo:cost>{0}50.00</mlo:cost><venue><provider><mlo:location><mlo:town>{5}</mlo:town></mlo:location></provider></venue>
</presentation><presentation><mlo:start dtf="2027-09-1{0}"/><mlo:cost>{0}50.00</mlo:cost></presentation></course>"""
CDM = """<program id="P-{0}"><cdmfr:programID>DU-{0}</cdmfr:programID>
<cdmfr:programName><text language="fr-FR-TRL">{2}</text><text language="fr-FR">{2} {0}</text>
<text language="en-GB">{1} {0}</text></cdmfr:programName>
<cdmfr:webLink role="homepage"><href>https://universite.example/du-{0}</href></cdmfr:webLink>
<cdmfr:programDescription><subBlock>{4}</subBlock><subBlock>Et plus.</subBlock></cdmfr:programDescription>
<learningObjectives><subBlock>Savoir {0}.</subBlock></learningObjectives>
<formalPrerequisites><subBlock>Niveau {0}.</subBlock></formalPrerequisites><instructionLanguage teachingLang="fr-FR"/>
<contacts><refPerson ref="X"/></contacts></program>"""
LHEO = """<formation numero="F-{0}" datemaj="2026110{0}"><intitule-formation>{2}</intitule-formation>
<objectif-formation>But {0}.</objectif-formation><resultats-attendus>Savoir {0}.</resultats-attendus>
<contenu-formation><![CDATA[{4}<br/>Et plus.]]></contenu-formation><certifiante>1</certifiante>
<contact-formation><coordonnees><nom>Personne</nom><courriel>p@organisme.example</courriel></coordonnees>
</contact-formation><url-formation><urlweb>https://organisme.example/f-{0}</urlweb></url-formation>
<action><modalites-enseignement>0</modalites-enseignement><conditions-specifiques>Niveau {0}.</conditions-specifiques>
<lieu-de-formation><coordonnees><adresse><ville>{5}</ville></adresse></coordonnees></lieu-de-formation>
<nombre-heures-total>3{0}</nombre-heures-total><frais-restants>{0}50,00</frais-restants>
<langue-formation>fr</langue-formation><date-limite-inscription><date>2027011{0}</date></date-limite-inscription>
<session><periode><debut>2027021{0}</debut><fin>20270301</fin></periode></session>
<session><periode><debut>2027041{0}</debut><fin>20270501</fin></periode></session></action></formation>"""
EMG = """<course uniqueIdentifier="C-{0}" name="{1}" courseType="Course"><link>https://partner.example/{0}</link>
<contentFields><field type="default" name="description"><![CDATA[<p>{3}</p>]]></field>
<field type="default" name="aim">To do {1}.</field></contentFields><duration text="{0} weeks"/>
<events><event xsi:type="DistanceEvent" uniqueIdentifier="e{0}" language="English"><price price="{0}50" currency="CAD"/>
<start xsi:type="Fixed" startDate="2027-02-1{0}"/></event><event xsi:type="DistanceEvent" uniqueIdentifier="f{0}"
 language="English"><price price="{0}50" currency="CAD"/><start xsi:type="Fixed" startDate="2027-04-1{0}"/></event>
</events></course>"""
RSS = """<item><title>{1}</title><media:title>Picture</media:title><link>https://a.example/{0}</link>
<guid isPermaLink="false">w-{0}</guid><description>Short…</description>
<content:encoded><![CDATA[<p>{3}</p>]]></content:encoded><pubDate>Mon, 0{0} Nov 2026 23:30:00 -0500</pubDate>
<dc:creator>A Person</dc:creator></item>"""
ATOM = """<entry><id>urn:c:{0}</id><title type="html">{1}</title><link rel="self" href="https://a.example/self/{0}"/>
<link rel="alternate" href="https://a.example/{0}"/><content type="html">&lt;p&gt;{3}&lt;/p&gt;</content>
<updated>2026-11-0{0}T10:00:00Z</updated><author><name>A Person</name><email>p@a.example</email></author></entry>"""
DESTINY = """<courseSectionProfile><objectId>{0}</objectId><code>00{0}</code><objectStatusCode>Active</objectStatusCode>
<customSectionNumber>TR-{0}-001</customSectionNumber><associatedCourse><courseNumber>TR {0}</courseNumber>
<name>{1}</name><courseDescription>{3}</courseDescription></associatedCourse><contactHours>3{0}</contactHours>
<sectionURL>https://college.example/{0}</sectionURL><beginDate>2027-02-1{0}T00:00:00-05:00</beginDate>
<instructionMethods><instructionMethod><name>Online</name></instructionMethod></instructionMethods>
<instructors><instructor><name>A Person</name></instructor></instructors></courseSectionProfile>"""

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
# By the mapping that ships: what stands around the records, and a record.
FORMATS: dict[str, tuple[str, str]] = {
    "xcri-cap.yml": (
        (
            f'<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:mlo="http://purl.org/net/mlo" {DC} {XSI}>'
            "<provider><dc:title>Pretend College</dc:title>{0}</provider></catalog>"
        ),
        XCRI,
    ),
    "cdm-fr.yml": (
        '<CDM xmlns="http://cdm-fr.fr/2013/CDM" xmlns:cdmfr="http://cdm-fr.fr/2013/CDM-frSchema">{0}</CDM>', CDM,
    ),
    "lheo.yml": ('<lheo xmlns="http://www.lheo.org/2.2"><offres>{0}</offres></lheo>', LHEO),
    "emg.yml": (
        (
            f'<import xmlns="http://educations.com/XmlImport" {XSI}><provider uniqueIdentifier="one"><courses>{{0}}'
            "</courses></provider></import>"
        ),
        EMG,
    ),
    "rss.yml": (
        (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="urn:media" '
            f"{DC}><channel><title>News</title>{{0}}</channel></rss>"
        ),
        RSS,
    ),
    "atom.yml": ('<feed xmlns="http://www.w3.org/2005/Atom"><title>Courses</title>{0}</feed>', ATOM),
    "destiny-one-xml.yml": (
        (
            "<SearchCourseSectionProfileResult><courseSectionProfiles>{0}</courseSectionProfiles>"
            "</SearchCourseSectionProfileResult>"
        ),
        DESTINY,
    ),
}  # fmt: skip


def _record(template: str, number: int) -> str:
    at = number - 1
    return template.format(
        number, TRADES[at], METIERS[at], ABOUT.format(number), PROPOS.format(number), PLACES[at % len(PLACES)]
    )


def courses(mapping: str, change: Callable[[str], str] = str) -> str:
    """A file of six courses in the format that a shipped mapping reads."""
    around, record = FORMATS[mapping]
    return around.format("".join(change(_record(record, number)) for number in range(1, 7)))

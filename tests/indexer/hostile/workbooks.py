"""Small workbooks made by hand, which may hold what no library would write."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

PART = "http://schemas.openxmlformats.org"
TYPES = f"""<Types xmlns="{PART}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
LINKS = f'<Relationships xmlns="{PART}/package/2006/relationships">{{}}</Relationships>'
LINK = f'<Relationship Id="r1" Type="{PART}/officeDocument/2006/relationships/{{}}" Target="{{}}"/>'
BOOK = f"""<workbook xmlns="{PART}/spreadsheetml/2006/main" xmlns:r="{PART}/officeDocument/2006/relationships">
<sheets><sheet name="Listings" sheetId="1" r:id="r1"/></sheets></workbook>"""
SHEET = f'<worksheet xmlns="{PART}/spreadsheetml/2006/main"><sheetData>{{}}</sheetData></worksheet>'
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
CONTENT = f"""<office:document-content xmlns:office="{OPEN}:office:1.0" xmlns:table="{OPEN}:table:1.0"
 xmlns:text="{OPEN}:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Listings">
{{}}</table:table></office:spreadsheet></office:body></office:document-content>"""
OPEN_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""

Cells = Sequence[Sequence[str]]


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx_sheet(rows: Cells) -> str:
    """The sheet's own XML. A text that begins with an equals sign is a formula that gave itself."""

    def cell(text: str) -> str:
        said = escape(text)
        if text.startswith("="):
            return f'<c t="str"><f>{said[1:]}</f><v>{said}</v></c>'
        return f'<c t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'

    return SHEET.format("".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows))


def xlsx(sheet: str | bytes) -> bytes:
    return packed({
        "[Content_Types].xml": TYPES,
        "_rels/.rels": LINKS.format(LINK.format("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS.format(LINK.format("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet,
    })  # fmt: skip


def ods_content(rows: Cells) -> str:
    """The document's own XML."""

    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'

    return CONTENT.format("".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows))


def ods(content: str | bytes) -> bytes:
    return packed({"mimetype": OPEN_TYPE, "content.xml": content, "META-INF/manifest.xml": MANIFEST})


def part(workbook: bytes, name: str) -> bytes:
    """A file of those a workbook is packed of."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(name)

"""Draws a certificate: one A4 page, landscape, from frozen content; the same content gives the same bytes."""

from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from app.certificates import ornament
from app.certificates.content import CertificateContent
from app.certificates.fonts import BOLD, REGULAR
from app.certificates.labels import day_in_words, label
from app.certificates.lettering import LEADING, Block, fit, fit_name
from app.certificates.sheet import Colour, Facts, Sheet
from app.certificates.symbol import QUIET, Symbol, symbol

_SIZE = landscape(A4)
_WIDTH, _HEIGHT = _SIZE
_MIDDLE = _WIDTH / 2
_LEFT, _RIGHT = 64.0, _WIDTH - 64.0
_TEXT = _RIGHT - _LEFT

SEAL_BOX = (64, 58, 246, 146)
"""Left, bottom, right and top of the place where a reader shows the seal."""

_INK: Colour = (0.10, 0.24, 0.27)
_BLACK: Colour = (0.12, 0.13, 0.14)
_GREY: Colour = (0.33, 0.36, 0.38)
_GOLD: Colour = (0.50, 0.38, 0.16)
_WARNING: Colour = (0.62, 0.12, 0.10)
_WASH: Colour = (0.955, 0.928, 0.922)

_QR_SIDE = 28 * mm
_LIST = 5


@dataclass(frozen=True)
class _Column:
    """A label with the lines under it, as wide as its share says."""

    field: str
    label: str
    lines: tuple[str, ...]
    share: float


def draw(content: CertificateContent) -> bytes:
    """Return the certificate as an unsealed PDF (CRT-2); raise ContentError if a text has no place on it."""
    sheet = Sheet(_SIZE, _facts(content))
    sheet.lay("ground", ornament.ground(_WIDTH, _HEIGHT))
    if content.demonstration:
        sheet.watermark(_say(content, "demonstration"), size=82, angle=27, colour=_WASH)
    _head(sheet, content)
    _person(sheet, content)
    _qualification(sheet, content)
    _scope(sheet, content)
    _dates(sheet, content)
    _seal(sheet, content)
    code = symbol(content.verify_url)
    _authority(sheet, content, right=_qr_left(len(code.rows)))
    _qr(sheet, content, code)
    return sheet.finish()


def _facts(content: CertificateContent) -> Facts:
    return Facts(
        title=f"{_say(content, 'subject', number=content.number)}: {content.holder_name}",
        author=content.body_name,
        subject=content.level_title,
        keywords=f"{content.number} {content.code}",
        language=content.language,
        day=content.decided_on,
    )


def _say(content: CertificateContent, key: str, **facts: object) -> str:
    return label(content.language, key, **facts)


def _line(text: str, face: str, size: float) -> Block:
    return Block((text,), face, size)


def _centre(
    sheet: Sheet,
    text: str,
    *,
    y: float,
    size: float,
    face: str = REGULAR,
    colour: Colour = _BLACK,
    role: str = "P",
) -> None:
    """Write a line in the middle of the page, smaller if the page is too narrow for it."""
    block = fit([text], face, sizes=(size, 5), width=_TEXT, height=size * LEADING, field="text")
    sheet.write(role, block, x=_MIDDLE, y=y, colour=colour, anchor="middle")


def _head(sheet: Sheet, content: CertificateContent) -> None:
    if content.demonstration:
        _centre(sheet, _say(content, "demonstration_line"), y=541, size=8, face=BOLD, colour=_WARNING)
    _centre(sheet, content.body_name, y=521, size=14, face=BOLD, colour=_INK)
    if content.accreditation:
        block = fit(
            [content.accreditation],
            REGULAR,
            sizes=(8, 5),
            width=_TEXT - 40,
            height=19.5,
            field="accreditation",
        )
        sheet.write("P", block, x=_MIDDLE, y=508.5, colour=_GREY, anchor="middle")
    title = _line(_say(content, "title"), REGULAR, 34)
    sheet.write("H1", title, x=_MIDDLE, y=465, colour=_INK, anchor="middle", tracking=1.2)


def _person(sheet: Sheet, content: CertificateContent) -> None:
    _centre(sheet, _say(content, "certifies"), y=443, size=11, colour=_GREY)
    block = fit_name(content.holder_name, BOLD, width=_TEXT - 40)
    rise = (len(block.lines) - 1) * block.size * LEADING / 2
    sheet.write("P", block, x=_MIDDLE, y=409 - block.size * 0.12 + rise * 1.2, colour=_BLACK, anchor="middle")
    sheet.decorate(_rule(_MIDDLE - 150, _MIDDLE + 150, 385.5, gold=True))


def _qualification(sheet: Sheet, content: CertificateContent) -> None:
    _centre(sheet, _say(content, "has_met"), y=370, size=11, colour=_GREY)
    _centre(sheet, content.level_title, y=344, size=19, face=BOLD, colour=_INK, role="H2")
    issued = day_in_words(content.language, content.scheme_issued_on)
    scheme = _say(
        content,
        "scheme",
        title=content.scheme_title,
        code=content.scheme_code,
        version=content.scheme_version,
        issued=issued,
    )
    _centre(sheet, f"{_say(content, 'level', level=content.level)} \u00b7 {scheme}", y=325, size=10.5)
    _centre(sheet, _say(content, "standard", standard=content.standard), y=310, size=8.5, colour=_GREY)


def _scope(sheet: Sheet, content: CertificateContent) -> None:
    """Write phases, endorsements, languages of practice and limitations side by side."""
    endorsements = tuple(item.title for item in content.endorsements) or (_say(content, "no_endorsements"),)
    columns = [
        _Column("phases", _say(content, "phases"), tuple(item.title for item in content.phases), 1.0),
        _Column("endorsements", _say(content, "endorsements"), endorsements, 1.15),
        _Column("limitations", _say(content, "limitations"), (content.limitations,), 1.35),
    ]
    if content.practice_languages:
        languages = (", ".join(content.practice_languages),)
        columns.insert(2, _Column("practice_languages", _say(content, "practice_languages"), languages, 0.9))
    sheet.decorate(_rule(_LEFT, _RIGHT, 297))
    columns = [replace(column, lines=_flowing(column.lines)) for column in columns]
    _columns(sheet, columns, top=284, height=71, largest=10, face=REGULAR)


def _flowing(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Keep a short list as a list; let a long one run on, so that it need not be printed small."""
    return lines if len(lines) <= _LIST else ("; ".join(lines),)


def _dates(sheet: Sheet, content: CertificateContent) -> None:
    number = content.number
    if content.edition > 1:
        number += f" ({_say(content, 'edition', edition=content.edition)})"
    columns = [_Column("number", _say(content, "number"), (number,), 1.3)]
    for field in ("decided_on", "effective_on", "expires_on"):
        day = day_in_words(content.language, getattr(content, field))
        columns.append(_Column(field, _say(content, field), (day,), 1.0))
    sheet.decorate(_rule(_LEFT, _RIGHT, 199))
    _columns(sheet, columns, top=186, height=15, largest=11, face=BOLD)
    sheet.decorate(_rule(_LEFT, _RIGHT, 160))


def _columns(
    sheet: Sheet, columns: list[_Column], *, top: float, height: float, largest: float, face: str
) -> None:
    gap = 22.0
    unit = (_TEXT - gap * (len(columns) - 1)) / sum(column.share for column in columns)
    x = _LEFT
    for column in columns:
        width = unit * column.share
        sheet.write("P", _line(column.label, BOLD, 7.5), x=x, y=top, colour=_GOLD, tracking=0.25)
        block = fit(column.lines, face, sizes=(largest, 5), width=width, height=height, field=column.field)
        sheet.write("P", block, x=x, y=top - 4 - block.size, colour=_BLACK)
        x += width + gap


def _seal(sheet: Sheet, content: CertificateContent) -> None:
    """Draw the place of the seal. It says where to look and never that the seal is valid: ink cannot know."""
    left, bottom, right, top = SEAL_BOX
    sheet.decorate(f"q 0.4 w 0.72 0.58 0.33 RG {left} {bottom} {right - left} {top - bottom} re S Q")
    sheet.lay("medallion", ornament.medallion(left + 38, (bottom + top) / 2, 27))
    x, width = left + 76, right - left - 84
    y = sheet.write("P", _line(_say(content, "seal"), BOLD, 8.5), x=x, y=top - 19, colour=_INK)
    body = fit([content.body_name], REGULAR, sizes=(7.5, 5), width=width, height=28, field="body_name")
    y = sheet.write("P", body, x=x, y=y - 1, colour=_BLACK)
    note = fit(
        [_say(content, "seal_note")], REGULAR, sizes=(6.5, 5), width=width, height=27, field="seal_note"
    )
    sheet.write("P", note, x=x, y=y - 2, colour=_GREY)


def _authority(sheet: Sheet, content: CertificateContent, *, right: float) -> None:
    """Write who authorised the certificate, whose property it is and where its status stands."""
    x, width = SEAL_BOX[2] + 22, right - SEAL_BOX[2] - 36
    by = content.authorised_by
    sheet.write(
        "P", _line(_say(content, "authorised_by"), BOLD, 7.5), x=x, y=138, colour=_GOLD, tracking=0.25
    )
    name = fit([by.name], BOLD, sizes=(11, 5), width=width, height=14.5, field="authorised_by")
    sheet.write("P", name, x=x, y=124, colour=_BLACK)
    function = fit(
        [f"{by.function}, {content.body_name}"],
        REGULAR,
        sizes=(8.5, 5),
        width=width,
        height=11,
        field="authorised_by",
    )
    sheet.write("P", function, x=x, y=112, colour=_GREY)
    notices = [content.ownership_notice, content.status_notice]
    block = fit(notices, REGULAR, sizes=(7.5, 4.5), width=width, height=31, field="status_notice")
    y = sheet.write("P", block, x=x, y=97, colour=_BLACK)
    address = fit(
        [f"{_say(content, 'check')}: {content.verify_url}"],
        REGULAR,
        sizes=(8, 4),
        width=width,
        height=10.5,
        field="verify_url",
    )
    sheet.write("P", address, x=x, y=min(y - 2, 62), colour=_INK)
    sheet.link(content.verify_url, (x, 58, x + width, 71))


def _rule(left: float, right: float, y: float, *, gold: bool = False) -> str:
    colour, weight = ("0.72 0.58 0.33", 0.7) if gold else ("0.78 0.83 0.82", 0.5)
    return f"q {weight} w {colour} RG {left:.2f} {y:g} m {right:.2f} {y:g} l S Q"


def _qr_left(modules: int) -> float:
    return float(_RIGHT + 8 - _QR_SIDE * (modules + 2 * QUIET) / modules)


def _qr(sheet: Sheet, content: CertificateContent, code: Symbol) -> None:
    """Draw the address as a QR code of 28 mm with its quiet zone."""
    modules = len(code.rows)
    module = _QR_SIDE / modules
    zone = module * (modules + 2 * QUIET)
    left, bottom = _qr_left(modules), 51.0
    parts = [f"q 1 g {left:.3f} {bottom:.3f} {zone:.3f} {zone:.3f} re f 0 g"]
    parts += code.squares(left + QUIET * module, bottom + zone - QUIET * module, module)
    sheet.figure("\n".join([*parts, "f Q"]), alt=f"{_say(content, 'check')}: {content.verify_url}")
    sheet.link(content.verify_url, (left, bottom, left + zone, bottom + zone))

"""The pages of a PDF with their structure: what is text, in which role, and what is only decoration.

Wraps the drawing library: no base-14 font, dates as given, the same bytes for the same calls. Conformance to
PDF/A and PDF/UA is not claimed here; the tags are there because they help a reader today.
"""

from calendar import timegm
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zlib import compress

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from app.certificates import fonts
from app.certificates.lettering import LEADING, Anchor, Block

rl_config.useA85 = 0  # streams as bytes, not as text a quarter larger; read at drawing time, not an argument

Colour = tuple[float, float, float]

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<xmp:CreatorTool>MentorCert</xmp:CreatorTool><pdf:Keywords>{keywords}</pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class Facts:
    """What the document says about itself to machines."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    day: date


@cache
def _packed(operators: str) -> bytes:
    return compress(operators.encode(), 9) + b"\n"


class _Moment:
    """The shape in which the drawing library expects a point in time: midnight UTC of a day."""

    def __init__(self, day: date) -> None:
        self.t = float(timegm(day.timetuple()))
        self.lt = day.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh = self.dmm = 0


@dataclass(frozen=True)
class Words:
    """Lines in their place: from base line `y` downwards, anchored at `x` by their start, middle or end."""

    block: Block
    x: float
    y: float
    colour: Colour
    anchor: Anchor = "start"
    tracking: float = 0


class Group:
    """A structure element that holds others, such as a table or a row; `heads` says what its TH head."""

    def __init__(self, element: PDFDictionary, heads: str = "Row") -> None:
        self.element = element
        self.heads = heads
        self.kids: list[object] = []


class Sheet:
    """Pages to be filled one after the other, each from background to foreground, then finished once."""

    def __init__(self, size: tuple[float, float], facts: Facts) -> None:
        fonts.register()
        self._file = BytesIO()
        self._facts = facts
        self._canvas = Canvas(
            self._file,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=fonts.REGULAR,
            lang=facts.language,
        )
        self._document = self._canvas._doc
        self._document._timeStamp = _Moment(facts.day)
        self._elements: list[PDFDictionary] = []
        """What stands on the present page, by the number of its mark."""
        self._pages: list[tuple[object, list[PDFDictionary]]] = []
        self._root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self._body = Group(PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName("Document")}))
        self._groups: list[Group] = []

    def turn(self) -> None:
        """Close the present page and begin the next."""
        self._canvas.showPage()
        self._pages.append((self._document.Pages.pages[-1], self._elements))
        self._elements = []

    def decorate(self, operators: str) -> None:
        """Draw something without meaning."""
        self._canvas._code += ["/Artifact BMC", operators, "EMC"]

    def lay(self, name: str, operators: str) -> None:
        """Draw something without meaning that is the same on every sheet, packed once per process."""
        width, height = self._canvas._pagesize
        form = PDFStream(
            PDFDictionary(
                {
                    "Type": PDFName("XObject"),
                    "Subtype": PDFName("Form"),
                    "BBox": PDFArray([0, 0, width, height]),
                    "Filter": PDFName("FlateDecode"),
                }
            ),
            _packed(operators),
        )
        self._document.addForm(name, form)
        self._canvas._code.append("/Artifact BMC")
        self._canvas.doForm(name)
        self._canvas._code.append("EMC")

    def watermark(self, text: str, *, size: float, angle: float, colour: Colour) -> None:
        """Write a word across the page behind everything that follows."""
        canvas, (width, height) = self._canvas, self._canvas._pagesize
        canvas._code.append("/Artifact BMC")
        canvas.saveState()
        canvas.translate(width / 2, height / 2)
        canvas.rotate(angle)
        canvas.setFillColorRGB(*colour)
        canvas.setFont(fonts.BOLD, size)
        canvas.drawCentredString(0, -size * 0.36, text)
        canvas.restoreState()
        canvas._code.append("EMC")

    def group(self, role: str, within: Group | None = None, *, heads: str = "Row") -> Group:
        """Begin an element that holds others, on this page and on those that follow."""
        parent = within or self._body
        made = Group(
            PDFDictionary(
                {"Type": PDFName("StructElem"), "S": PDFName(role), "P": self._reference(parent.element)}
            ),
            heads,
        )
        parent.kids.append(made.element)
        self._groups.append(made)
        return made

    def write(
        self,
        role: str,
        block: Block,
        *,
        x: float,
        y: float,
        colour: Colour,
        anchor: Anchor = "start",
        tracking: float = 0,
        within: Group | None = None,
    ) -> float:
        """Write lines downwards from base line `y` as one element; return the base line after the last."""
        element = self._begin(role, within)
        if role == "TH" and within is not None:
            element["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(within.heads)})
        below = self._spell(Words(block, x, y, colour, anchor, tracking))
        self._canvas._code.append("EMC")
        return below

    def repeat(self, words: Words) -> None:
        """Write what stands elsewhere too: the foot of a page, the head of a table that goes on."""
        self._canvas._code.append("/Artifact BMC")
        self._spell(words)
        self._canvas._code.append("EMC")

    def figure(self, operators: str, *, alt: str, words: Sequence[Words] = ()) -> None:
        """Draw something with a meaning that `alt` puts into words; it may have words in it."""
        element = self._begin("Figure")
        element["Alt"] = PDFString(alt)
        self._canvas._code.append(operators)
        for part in words:
            self._spell(part)
        self._canvas._code.append("EMC")

    def _spell(self, words: Words) -> float:
        canvas, block, y = self._canvas, words.block, words.y
        canvas.setFillColorRGB(*words.colour)
        canvas.setFont(block.face, block.size)
        draw = {
            "start": canvas.drawString,
            "middle": canvas.drawCentredString,
            "end": canvas.drawRightString,
        }[words.anchor]
        for line in block.lines:
            draw(words.x, y, line, charSpace=words.tracking)
            y -= block.size * LEADING
        return y

    def link(self, url: str, box: tuple[float, float, float, float]) -> None:
        """Make a rectangle of the page lead to an address."""
        self._canvas.linkURL(url, box, Contents=PDFString(url), F=4)

    def finish(self) -> bytes:
        """Close the last page and return the file."""
        facts, canvas = self._facts, self._canvas
        canvas.setTitle(facts.title)
        canvas.setAuthor(facts.author)
        canvas.setSubject(facts.subject)
        canvas.setKeywords(facts.keywords)
        canvas.setCreator("MentorCert")
        canvas.setProducer("MentorCert")
        self.turn()
        self._tag()
        catalog = self._document.Catalog
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Metadata = self._metadata()
        canvas.save()
        return self._file.getvalue()

    def _begin(self, role: str, within: Group | None = None) -> PDFDictionary:
        number, parent = len(self._elements), within or self._body
        element = PDFDictionary(
            {
                "Type": PDFName("StructElem"),
                "S": PDFName(role),
                "P": self._reference(parent.element),
                "K": number,
            }
        )
        self._elements.append(element)
        parent.kids.append(element)
        self._canvas._code.append(f"/{role} <</MCID {number}>> BDC")
        return element

    def _tag(self) -> None:
        """Tie the elements to their pages, in the order in which they were written."""
        document = self._document
        numbered: list[object] = []
        for index, (page, elements) in enumerate(self._pages):
            self._tie(page, index, elements)
            numbered += [index, PDFArray([self._reference(element) for element in elements])]
        for group in (self._body, *self._groups):
            group.element["K"] = PDFArray([self._reference(kid) for kid in group.kids])
        self._body.element["P"] = self._reference(self._root)
        self._root["K"] = self._reference(self._body.element)
        self._root["ParentTree"] = PDFDictionary({"Nums": PDFArray(numbered)})
        self._root["ParentTreeNextKey"] = len(self._pages)
        document.Catalog.StructTreeRoot = self._root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _tie(self, page: Any, index: int, elements: list[PDFDictionary]) -> None:
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = index
        page.Tabs = PDFName("S")
        for element in elements:
            element["Pg"] = self._reference(page)

    def _reference(self, thing: object) -> object:
        return self._document.Reference(thing)

    def _metadata(self) -> PDFStream:
        facts = self._facts
        texts = {name: escape(str(value)) for name, value in vars(facts).items()}
        stream = PDFStream(
            PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
            _XMP.format(**texts).encode() + b"\n",
        )
        stream.filters = []
        return stream

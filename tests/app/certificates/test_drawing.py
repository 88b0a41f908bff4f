"""A drawn certificate says all that it must, in real text, each time the same, with a code that scans."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import segno

from app.certificates import labels
from app.certificates.content import ContentError, Named, Signatory
from app.certificates.drawing import draw
from app.certificates.labels import LANGUAGES, label
from tests.factories.documents import a_content

LONG = "María de los Ángeles Fernández-Villaverde y Gutiérrez de la Concepción de Santa Cruz del Río Grande"
NAMES = [
    "Zoë Őrség",
    "Çağr\u0131 Žižek",
    "Łukasz Ŵyn Þórður",
    "Ἀλέξανδρος Παπαδόπουλος",
    "Юлия Ѓорѓи Ђорђе",
    "Nguyễn Thị Ánh Tuyết",
    "Zoë Őrség Çağr\u0131 Žižek Łukasz Ἀλέξανδρος Юлия Nguyễn",
    LONG,
    "W" * 200,
]


def text_of(pdf: bytes, folder: Path) -> str:
    """Return the words as poppler reads them, lines joined."""
    (folder / "f.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", folder / "f.pdf", "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("name", NAMES)
def test_the_name_comes_out_as_it_went_in(name: str, tmp_path: Path) -> None:
    text = text_of(draw(a_content(holder_name=name)), tmp_path)

    assert name.replace(" ", "") in text.replace(" ", "")


@pytest.mark.parametrize("name", NAMES[:-1])
def test_the_blanks_of_a_name_survive(name: str, tmp_path: Path) -> None:
    assert name in text_of(draw(a_content(holder_name=name)), tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_9_4_8_asks_for_is_printed(language: str, tmp_path: Path) -> None:
    content = a_content(
        language=language, accreditation="Accredited by the Example Board, no. P-42.", edition=2
    )

    text = text_of(draw(content), tmp_path)

    words = {"en": "22 November 2026", "es": "22 de noviembre de 2026"}
    for fact in (
        content.number, content.holder_name, content.body_name, content.scheme_title, content.scheme_code,
        content.scheme_version, content.standard, content.level_title, "Early start-up", "Growth", "Tourism",
        content.limitations, content.authorised_by.name, content.authorised_by.function,
        content.ownership_notice, content.status_notice, content.verify_url, content.accreditation,
        words[language], "2029",
        label(language, "level", level=3), label(language, "edition", edition=2), "English, German",
    ):  # fmt: skip
        assert str(fact) in text


def test_wording_of_accreditation_is_absent_without_accreditation(tmp_path: Path) -> None:
    assert "ccredit" not in text_of(draw(a_content(accreditation=None)), tmp_path)


@pytest.mark.parametrize(("language", "word"), [("en", "DEMONSTRATION"), ("es", "DEMOSTRACIÓN")])
def test_a_demonstration_says_so_twice_and_a_certificate_never(
    language: str, word: str, tmp_path: Path
) -> None:
    demonstration = text_of(draw(a_content(language=language, demonstration=True)), tmp_path)
    certificate = text_of(draw(a_content(language=language)), tmp_path)

    assert label(language, "demonstration_line") in demonstration
    assert "DEMO" not in certificate
    assert word in label(language, "demonstration")


def test_the_watermark_is_large_and_behind_the_text(tmp_path: Path) -> None:
    plain, marked = (_content_stream(draw(a_content(demonstration=flag))) for flag in (False, True))

    first_text = marked.index(b"/P <</MCID 0>> BDC")
    assert re.search(rb"/F\S+ 82 Tf", marked[:first_text])
    assert b" 82 Tf" not in plain


def _content_stream(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        return document.pages[0].Contents.read_bytes()


def test_the_same_content_gives_the_same_bytes_on_any_thread() -> None:
    contents = [a_content(holder_name=name) for name in NAMES[:6]] * 4

    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw, contents))

    assert drawn == [draw(content) for content in contents]


@pytest.mark.parametrize(
    "change", [{"holder_name": "Zoë"}, {"number": "X-1"}, {"edition": 2}, {"expires_on": date(2029, 11, 20)}]
)
def test_other_content_gives_other_bytes(change: dict[str, Any]) -> None:
    assert draw(a_content(**change)) != draw(a_content())


def test_the_document_tells_machines_what_it_is_and_when(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(draw(a_content(language="es")))) as document:
        assert str(document.docinfo["/Title"]) == "Certificado OST-2026-000123: Zoë Őrség"
        assert str(document.docinfo["/Keywords"]) == "OST-2026-000123 7KQ2M9XWTB4HZ0RFVJ6D"
        assert str(document.docinfo["/CreationDate"]) == "D:20261120000000+00'00'"
        assert str(document.Root.Lang) == "es"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Certificado OST-2026-000123: Zoë Őrség"
            assert metadata.pdfa_status == ""


def test_markup_in_a_text_cannot_break_the_metadata() -> None:
    name = "A <b> & ]]> (c) \\ d"

    with (
        pikepdf.open(BytesIO(draw(a_content(holder_name=name)))) as document,
        document.open_metadata() as metadata,
    ):
        assert metadata["dc:title"].endswith(name)
        assert str(document.docinfo["/Title"]).endswith(name)


def test_every_text_is_tagged_in_reading_order_and_the_picture_has_words() -> None:
    content = a_content()
    with pikepdf.open(BytesIO(draw(content))) as document:
        body = document.Root.StructTreeRoot.K
        roles = [str(element.S) for element in body.K]
        assert bool(document.Root.MarkInfo.Marked)
        assert roles[0] == "/P"
        assert roles.count("/H1") == 1
        assert content.verify_url in str(body.K[-1].Alt)
        assert [int(element.K) for element in body.K] == list(range(len(roles)))
        assert len(document.Root.StructTreeRoot.ParentTree.Nums[1]) == len(roles)


def test_two_faces_are_embedded_and_no_other_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "f.pdf").write_bytes(draw(a_content()))

    listed = subprocess.run(
        ["pdffonts", tmp_path / "f.pdf"], capture_output=True, text=True, check=True
    ).stdout

    lines = [line.split() for line in listed.splitlines()[2:]]
    assert sorted(line[0].split("+")[1] for line in lines) == ["NotoSerif-Bold", "NotoSerif-Regular"]
    assert all(line[3:6] == ["yes", "yes", "yes"] for line in lines)


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    (tmp_path / "f.pdf").write_bytes(draw(a_content(demonstration=True)))

    done = subprocess.run(
        ["qpdf", "--check", tmp_path / "f.pdf"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, "No syntax or stream encoding errors found" in done.stdout) == (0, True), (
        done.stderr
    )


@pytest.mark.parametrize(
    "url",
    [
        a_content().verify_url,
        "http://127.0.0.1:8000/v/a-body-with-a-rather-long-slug-of-forty-ch/7KQ2M9XWTB4HZ0RFVJ6D",
    ],
)
def test_the_printed_code_holds_the_address_in_28_millimetres(url: str, tmp_path: Path) -> None:
    wanted = [[bool(m) for m in row] for row in segno.make(url, error="m", mask=2, boost_error=False).matrix]
    page = _rendered(draw(a_content(verify_url=url, demonstration=True)), tmp_path)

    dark = [
        (x, y) for y in range(page.height // 2, page.height) for x in page.right_half() if page.is_black(x, y)
    ]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    side = max(x for x, _ in dark) - left + 1
    module = side / len(wanted)

    centres = [(round((n + 0.5) * module)) for n in range(len(wanted))]
    seen = [[page.is_black(left + x, top + y) for x in centres] for y in centres]
    assert seen == wanted
    assert side / page.resolution * 25.4 == pytest.approx(28, abs=0.3)
    quiet = range(round(left - 3.5 * module), round(left + side + 3.5 * module))
    assert all(page.is_white(x, round(top - 3.5 * module)) for x in quiet)


class _Page:
    resolution = 200

    def __init__(self, pgm: bytes) -> None:
        header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", pgm)
        assert header
        self.width, self.height = int(header[1]), int(header[2])
        self.grey = pgm[header.end() :]

    def is_black(self, x: int, y: int) -> bool:
        return self.grey[y * self.width + x] < 12  # the inks of the text are all lighter

    def is_white(self, x: int, y: int) -> bool:
        return self.grey[y * self.width + x] > 250

    def right_half(self) -> range:
        return range(self.width * 4 // 5, self.width)


def _rendered(pdf: bytes, folder: Path) -> _Page:
    (folder / "f.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-gray", "-r", str(_Page.resolution), "-singlefile", "f.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True)
    return _Page((folder / "page.pgm").read_bytes())


def test_the_longest_texts_of_a_sensible_scheme_all_find_room(tmp_path: Path) -> None:
    content = a_content(
        holder_name=LONG,
        edition=12,
        body_name="Landesanstalt für die Zertifizierung von Mentorinnen und Mentoren der Ostseeregion",
        scheme_title="Mentoring of small and medium-sized enterprises in early start-up, transition, growth",
        level_title="Certified SME Business Mentor for Enterprises in Growth and Transition, Master",
        phases=tuple(Named(f"p{n}", f"Growth phase number {n} of the scheme") for n in range(6)),
        endorsements=tuple(Named(f"e{n}", f"Sector cluster number {n}, wide sense") for n in range(12)),
        practice_languages=(
            "English",
            "German",
            "Spanish",
            "Italian",
            "Turkish",
            "French",
            "Danish",
            "Polish",
        ),
        limitations="Only together with a mentor of level 4 or above. " * 8 + "End.",
        accreditation="Accredited by the Example Accreditation Board under number P-0042. " * 4 + "End.",
        authorised_by=Signatory(f"Prof. Dr. {LONG}", "Head of certification, deputy chair of the committee"),
        ownership_notice="This certificate remains the property of the body. " * 5 + "Fully.",
        status_notice="The current status stands only at the address below. " * 5 + "Always.",
        demonstration=True,
    )

    text = text_of(draw(content), tmp_path).replace(" ", "")

    for fact in (content.level_title, content.body_name, content.scheme_title, content.authorised_by.name):
        assert fact.replace(" ", "") in text
    assert sum(f"number{n},widesense" in text for n in range(12)) >= 6  # the rest is broken across lines


def test_a_text_without_room_is_refused_by_name_rather_than_cut() -> None:
    endless = tuple(Named(f"e{n}", "W" * 200) for n in range(12))

    with pytest.raises(ContentError) as refused:
        draw(a_content(endorsements=endless))

    assert refused.value.field == "endorsements"


def test_a_language_without_wording_is_refused() -> None:
    with pytest.raises(ContentError, match="wording"):
        draw(replace(a_content(), language="fi"))


def test_every_language_words_every_label() -> None:
    assert len({frozenset(words) for words in labels._CATALOGUE.values()}) == 1

"""A drawn statement says all that is frozen, looks like no certificate, and is sound for machines too."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
import segno

from app.certificates.labels import day_in_words
from app.statements.drawing import draw
from app.statements.flow import Piece, paged
from app.statements.labels import LANGUAGES, figure, label
from app.statements.paper_chart import put_chart
from app.statements.rules import StatementKind
from skillcard.profile import Source
from tests.factories.packages import FOLDERS
from tests.factories.statements import a_statement, elements_of

LONG = "María de los Ángeles Fernández-Villaverde y Gutiérrez de la Concepción de Santa Cruz del Río Grande"
NAMES = ["Zoë Őrség", "Ἀλέξανδρος Παπαδόπουλος", "Юлия Ѓорѓи Ђорђе", "Nguyễn Thị Ánh Tuyết", LONG, "W" * 200]


def text_of(pdf, folder, *options):
    (folder / "f.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", *options, folder / "f.pdf", "-"], capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text):
    """Return a text without any blank, since long ones are broken across lines."""
    return "".join(text.split())


def mixed(folder="sme_bm", *, skip=5):
    return {code: f"{n % 10 / 2}" for n, code in enumerate(elements_of(folder)) if n % skip}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("source", [Source.SELF, Source.ASSESSOR])
def test_every_frozen_field_can_be_read_from_the_page(folder, language, source, tmp_path):
    content = a_statement(mixed(folder, skip=3), folder=folder, language=language, source=source)
    card = content.card

    text = squeezed(text_of(draw(content), tmp_path))

    facts = [
        content.number, content.code, content.verify_url, content.person_name, content.body_name,
        content.scheme_title, content.scheme_code, content.scheme_version,
        day_in_words(language, content.found_on), label(language, content.kind),
        label(language, f"source_{source}"), label(language, f"{source}_title"),
        label(language, "rated_line", rated=card.rated, all=len(card.elements)),
    ]  # fmt: skip
    facts += [card.name_of(card.target), *(str(level) for level in card.certified)]
    for unit in card.units:
        mean, least = figure(language, unit.mean), figure(language, unit.least)
        facts += [unit.code, unit.title, label(language, "mean", mean=mean, least=least)]
    for element in card.elements:
        facts += [element.code, element.title]
        if element.rating is not None:
            name = card.name_of(element.rating) or label(language, "below_lowest")
            facts += [figure(language, element.rating) + name, element.rated_on.isoformat()]
    for step in card.steps:
        facts += [step.element, step.title, step.descriptor, label(language, f"why_{step.why}")]
        facts.append(label(language, "step_line", has=step.has, needs=step.needs))
    assert [fact for fact in facts if squeezed(fact) not in text] == []
    not_rated = squeezed(label(language, "not_rated"))
    assert text.count(not_rated) == len(card.elements) - card.rated + 1  # the note has the words once


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(StatementKind))
def test_every_page_says_that_it_is_no_certificate(kind, language, tmp_path):
    pdf = draw(a_statement(2, kind=kind, language=language))

    pages = text_of(pdf, tmp_path).split("\f")[:-1]
    assert len(pages) >= 2
    for page in pages:
        assert squeezed(label(language, "not_a_certificate")) in squeezed(page)
    assert label(language, "not_a_certificate") in pages[0]


def test_only_a_self_rated_card_says_in_large_words_that_nobody_checked_it(tmp_path):
    own, assessed = (text_of(draw(a_statement(source=s)), tmp_path) for s in (Source.SELF, Source.ASSESSOR))

    assert "Self-rated: nobody has checked this." in own
    assert "nobody has checked" not in assessed
    assert "Rated by assessors of the certification body." in assessed
    assert "Rated by assessors" not in own


@pytest.mark.parametrize("word", ["certify that", "Certified SME", "Valid", "valid until", "Authorised"])
@pytest.mark.parametrize("rating", [2, 3, 5])
def test_no_word_of_a_certificate_stands_on_it(word, rating, tmp_path):
    assert word not in text_of(draw(a_statement(rating)), tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_the_name_comes_out_as_it_went_in(name, tmp_path):
    text = text_of(draw(a_statement(person_name=name)), tmp_path)

    assert squeezed(name) in squeezed(text)


@pytest.mark.parametrize("rating", [0, 5])
def test_the_ends_of_the_scale_are_drawn(rating, tmp_path):
    content = a_statement(rating)

    text = text_of(draw(content), tmp_path)

    assert text.count("below the lowest level") == (0 if rating else len(content.card.elements))
    assert ("By these ratings nothing is missing to this level." in text) == bool(rating)


def test_a_card_with_two_elements_in_one_unit_has_no_chart_and_its_table(tmp_path):
    content = a_statement(mixed("business_ready"), folder="business_ready")
    last = content.card.units[-1]
    small = replace(content, card=replace(content.card, units=(last,), steps=()))

    text = text_of(draw(small), tmp_path)

    assert "at a glance" not in text
    assert last.elements[0].title in text
    assert put_chart(None, small, top=0, bottom=0) is None


def test_very_long_texts_find_room_on_more_pages(tmp_path):
    content = a_statement(0)
    long = {"title": "A title of quite some length " * 6, "descriptor": "It goes on and on. " * 50}
    steps = tuple(
        replace(step, **{name: text.strip() for name, text in long.items()}) for step in content.card.steps
    )

    pdf = draw(replace(content, card=replace(content.card, steps=steps)))

    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) > 6
    text = squeezed(text_of(pdf, tmp_path))
    assert text.count("Itgoesonandon.") == 50 * len(steps)


def test_the_same_content_gives_the_same_bytes_on_any_thread():
    contents = [a_statement(mixed(), person_name=name) for name in NAMES] * 2

    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw, contents))

    assert drawn == [draw(content) for content in contents]
    assert len(set(drawn)) == len(NAMES)


def test_the_file_tells_machines_what_it_is_and_is_not():
    content = a_statement(language="es")
    with pikepdf.open(BytesIO(draw(content))) as document:
        title = "Tarjeta de competencias ST.2026.7KQ2M9XW, no es un certificado: Zoë Őrség"
        assert str(document.docinfo["/Title"]) == title
        assert str(document.docinfo["/Subject"]) == "Esto no es un certificado."
        assert str(document.docinfo["/Keywords"]) == f"{content.number} {content.code}"
        assert str(document.docinfo["/CreationDate"]) == "D:20260302000000+00'00'"
        assert str(document.Root.Lang) == "es"


def test_the_pages_are_tagged_as_one_document_with_tables_that_run_on():
    content = a_statement(mixed())
    with pikepdf.open(BytesIO(draw(content))) as document:
        root = document.Root.StructTreeRoot
        roles = [str(kid.S) for kid in root.K.K]
        elements, steps = (kid for kid in root.K.K if str(kid.S) == "/Table")
        assert roles.count("/H1") == 1
        assert roles.count("/Table") == 2
        assert len(elements.K) == 1 + len(content.card.units) + len(content.card.elements)
        assert len(steps.K) == 1 + len(content.card.steps)
        assert {str(head.A.Scope) for head in elements.K[0].K} == {"/Column"}
        for row in elements.K[1:]:
            [head] = [cell for cell in row.K if str(cell.S) == "/TH"]
            assert str(head.A.Scope) == "/Row"
            assert len(row.K) == 5
        _assert_every_mark_is_tied(document)


def _assert_every_mark_is_tied(document):
    """Every mark of every page leads to one element, which names its page and stands in the tree."""
    leaves = {leaf.objgen for leaf in _leaves(document.Root.StructTreeRoot.K)}
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    tied = set()
    for index, page in enumerate(document.pages):
        assert int(page.obj.StructParents) == int(numbers[2 * index]) == index
        marks = re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
        assert [int(mark) for mark in marks] == list(range(len(numbers[2 * index + 1])))
        for number, element in enumerate(numbers[2 * index + 1]):
            assert (int(element.K), element.Pg.objgen) == (number, page.obj.objgen)
            tied.add(element.objgen)
    assert tied == leaves


def _leaves(element):
    if isinstance(element.get("/K"), pikepdf.Array):
        return [leaf for kid in element.K for leaf in _leaves(kid)]
    return [element]


def test_the_chart_is_a_figure_with_its_values_in_words():
    with pikepdf.open(BytesIO(draw(a_statement(2, target=3)))) as document:
        figures = [kid for kid in document.Root.StructTreeRoot.K.K if str(kid.S) == "/Figure"]

    words = str(figures[0].Alt)
    assert words.startswith("Radar chart: Ethics and professional conduct 2; Contracting")
    assert "Dashed, the least that level 3 asks for: Ethics and professional conduct 2.75;" in words
    assert str(figures[1].Alt).startswith("Check this statement: https://")


def test_two_faces_are_embedded_and_no_other_font_is_named(tmp_path):
    (tmp_path / "f.pdf").write_bytes(draw(a_statement(mixed())))

    listed = subprocess.run(["pdffonts", tmp_path / "f.pdf"], capture_output=True, text=True, check=True)

    lines = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert sorted(line[0].split("+")[1] for line in lines) == ["NotoSerif-Bold", "NotoSerif-Regular"]
    assert all(line[3:6] == ["yes", "yes", "yes"] for line in lines)


@pytest.mark.parametrize("folder", FOLDERS)
def test_qpdf_finds_nothing_wrong(folder, tmp_path):
    pdf = draw(a_statement(mixed(folder), folder=folder, demonstration=True, pilot=True))
    (tmp_path / "f.pdf").write_bytes(pdf)

    done = subprocess.run(
        ["qpdf", "--check", tmp_path / "f.pdf"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, "No syntax or stream encoding errors found" in done.stdout) == (0, True), done


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demonstration_and_a_pilot_say_so(language, tmp_path):
    plain = text_of(draw(a_statement(language=language)), tmp_path)
    marked = text_of(draw(a_statement(language=language, demonstration=True, pilot=True)), tmp_path)

    for key in ("demonstration_line", "pilot"):
        assert squeezed(label(language, key)) in squeezed(marked)
        assert squeezed(label(language, key)) not in squeezed(plain)


def test_it_is_upright_without_a_frame_and_without_the_certificates_colours():
    with pikepdf.open(BytesIO(draw(a_statement(demonstration=True)))) as document:
        boxes = [[float(side) for side in page.MediaBox] for page in document.pages]
        drawn = b"".join(page.Contents.read_bytes() for page in document.pages)
        forms = [name for page in document.pages for name in page.Resources.get("/XObject", {})]

    assert all(height > width for _, _, width, height in boxes)
    assert forms == []
    for colour in (b"0.72 0.58 0.33", b".72 .58 .33", b"0.50 0.38 0.16", b".5 .38 .16", b".1 .24 .27"):
        assert colour not in drawn


def test_the_code_that_is_printed_leads_to_the_statement(tmp_path):
    content = a_statement()
    (tmp_path / "f.pdf").write_bytes(draw(content))
    command = ["pdftoppm", "-gray", "-r", "300", "-f", "1", "-singlefile", "f.pdf", "page"]
    subprocess.run(command, cwd=tmp_path, check=True)
    wanted = segno.make(content.verify_url, error="m", mask=2, boost_error=False).matrix

    pgm = (tmp_path / "page.pgm").read_bytes()
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", pgm)
    wide, grey = int(header[1]), pgm[header.end() :]
    scale = 300 / 72
    left, top, side = (595.276 - 56 - 58) * scale, (841.89 - 118 - 1) * scale, 58 * scale
    centres = [(n + 0.5) * side / len(wanted) for n in range(len(wanted))]
    seen = [[grey[round(top + y) * wide + round(left + x)] < 128 for x in centres] for y in centres]
    assert seen == [[bool(module) for module in row] for row in wanted]


def _piece(height, **options):
    return Piece(height, lambda _sheet, _top: None, **options)


def test_a_heading_is_never_the_last_on_a_page_and_a_tables_head_is_repeated():
    again = _piece(2)
    heading, row, next_row = _piece(3, keeps=True, above=4), _piece(4, again=again), _piece(5, again=again)

    pages = paged([_piece(5), heading, row, next_row], 11)

    assert pages == [[pages[0][0]], [heading, row], [again, next_row]]


def test_pieces_fill_a_page_to_its_last_point():
    pieces = [_piece(5), _piece(5), _piece(1)]

    assert paged(pieces, 10) == [pieces[:2], pieces[2:]]

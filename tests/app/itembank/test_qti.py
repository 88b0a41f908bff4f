"""QTI 3 by itself: what is written comes back the same, the rest is named, hostile files are not read."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.schema import paragraphs
from app.itembank.qti.package import MOST_ITEMS, pack, unpack
from app.itembank.qti.reading import read_item
from app.itembank.qti.travelling import Travelling
from app.itembank.qti.tree import MOST_BYTES, XmlRefusedError, parse
from app.itembank.qti.writing import item_file
from assessments.forms import ItemKind
from tests.factories.itembank import CONTENT
from tests.factories.qti import A_CHOICE, a_package, an_item

NOTHING = {"options": {}, "key": [], "rule": None, "points": None, "rubric": []}
EFFECTIVENESS = CONTENT["situational_judgement"] | {"key": {"values": ["4.5", "2", "-1.25", "1"]}}
PENALISED = CONTENT["situational_judgement"] | {
    "key": {"best": "c", "worst": "a", "rule": "penalised"},
    "points": 3,
}
WHOLLY = CONTENT["ordering"] | {"rule": "all_or_nothing", "points": None}
WORTH_MORE = CONTENT["ordering"] | {"rule": "all_or_nothing", "points": 4}
CONTENTS = [
    *((kind, content) for kind, content in CONTENT.items()),
    ("situational_judgement", EFFECTIVENESS),
    ("situational_judgement", PENALISED),
    ("situational_judgement", CONTENT["situational_judgement"] | {"points": None}),
    ("ordering", WHOLLY),
    ("ordering", WORTH_MORE),
]


def travelling(kind="single_choice", content=None, **changes):
    found = NOTHING | (content or CONTENT[kind])
    item = Travelling("B-001", ItemKind(kind), "en", found, "SME-BM/U1.1", "apply", 90, "Aid 2")
    return replace(item, **changes)


def read(content):
    """The one item of a package, and what is not understood of it."""
    [packed] = unpack(content)
    return packed.item, [code for _, code, _ in packed.findings]


@pytest.mark.parametrize(("kind", "content"), CONTENTS)
def test_an_item_of_every_kind_comes_back_as_it_was(kind, content):
    item = travelling(kind, content)

    assert read(pack([item])) == (item, [])


def _is_text(text):
    try:
        return paragraphs(text) == text and text.strip() == text != ""
    except ValueError:
        return False


TEXTS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(" \n\t<&>\"'")), min_size=1).filter(
    _is_text
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=4, max_size=4), st.booleans())
def test_every_text_comes_back_with_every_character(texts, is_bare):
    stem, rationale, *options = texts
    content = CONTENT["multiple_choice"] | {
        "stem": stem,
        "rationale": rationale,
        "options": dict(zip("abc", [*options, "x"], strict=True)),
    }
    item = travelling("multiple_choice", content)
    item = (
        replace(item, element=None, cognitive_level=None, seconds=None, ai_system=None) if is_bare else item
    )

    assert read(pack([item])) == (item, [])


def test_a_package_of_the_same_items_is_the_same_bytes():
    assert pack([travelling()]) == pack([travelling()])


def test_no_candidate_is_shown_key_criteria_or_rationale():
    root = parse(item_file(travelling("short_answer")))
    [body] = root.named("qti-item-body")

    assert {block.attributes["view"] for block in body.named("qti-rubric-block")} == {"scorer", "author"}


def test_a_choice_item_of_another_author_is_understood():
    item, findings = read(a_package({"q1": A_CHOICE}))

    assert findings == []
    assert (item.identifier, item.kind, item.language) == ("q1", ItemKind.SINGLE_CHOICE, "en-GB")
    assert item.content["stem"] == "Read this.\nWhat comes first?"
    assert item.content["options"] == {"a": "To listen.", "b": "To advise."}
    assert item.content["key"] == ["b"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<p>Read this.</p>", '<p><img src="a.png"/></p>', "part_not_understood"),
        ("<p>Read this.</p>", "<p>Read <strong>this</strong>.</p>", "part_not_understood"),
        ("</qti-assessment-item>", "<qti-modal-feedback/></qti-assessment-item>", "part_not_understood"),
        ('time-dependent="false"', 'time-dependent="true"', "part_not_understood"),
        ('max-choices="1"', 'max-choices="1" data-secret="x"', "part_not_understood"),
        ("match_correct", "CC2_match", "scoring_not_understood"),
        ("qti-choice-interaction", "qti-hotspot-interaction", "interaction_not_understood"),
        ("</qti-simple-choice>", "</qti-simple-choice><qti-media/>", "part_not_understood"),
        ('identifier="SCORE"', 'identifier="TRIES"', "part_not_understood"),
        ('cardinality="single" base-type="identifier"', 'cardinality="record"', "response_undeclared"),
        ("<qti-value>Two</qti-value>", "<qti-value>Three</qti-value>", "key_not_an_option"),
        ("</qti-correct-response>", "</qti-correct-response><qti-mapping/>", "part_not_understood"),
        ('identifier="One"', 'identifier="Two"', "options_refused"),
        ("imsqtiasi_v3p0", "imsqti_v2p1", "not_an_item"),
    ],
)
def test_what_is_not_understood_of_an_item_is_named(old, new, code):
    assert old in A_CHOICE

    item, findings = read(a_package({"q1": A_CHOICE.replace(old, new)}))

    assert (item, code in findings) == (None, True)


@pytest.mark.parametrize(
    ("kind", "old", "new", "code"),
    [
        ("situational_judgement", 'mapped-value="1"', 'mapped-value="0.7"', "scoring_not_understood"),
        ("situational_judgement", 'mapped-value="1"', 'mapped-value="much"', "scoring_not_understood"),
        ("situational_judgement", 'identifier="WORST"', 'identifier="LAST"', "interaction_not_understood"),
        ("ordering", "adjacent_pairs", "all_or_nothing", "scoring_not_understood"),
        ("ordering", "<qti-value>1</qti-value>", "<qti-value>9</qti-value>", "points_differ"),
        ("short_answer", 'data-points="2"', 'data-points="two"', "number_refused"),
        ("short_answer", 'view="scorer"', 'view="candidate"', "part_not_understood"),
    ],
)
def test_scoring_that_says_other_than_it_does_is_named(kind, old, new, code):
    written = item_file(travelling(kind)).decode()
    assert old in written

    item, findings = read_item(parse(written.replace(old, new).encode()))

    assert (item, code in [found for _, found, _ in findings]) == (None, True)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>&b;</a>",
        b"<a>" * 50 + b"</a>" * 50,
        b"<a>" + b"<b/>" * 6_000 + b"</a>",
        b"<a>" + b" " * MOST_BYTES + b"</a>",
        b'<?xml version="1.0" encoding="martian"?><a/>',
        b"<a>\xff</a>",
        b"",
    ],
)
def test_a_hostile_file_is_not_read(content):
    with pytest.raises(XmlRefusedError):
        parse(content)


def test_a_hostile_file_in_a_package_is_named_and_the_others_are_read():
    first, second = unpack(a_package({"q1": "<!DOCTYPE a><a/>", "q2": A_CHOICE}))

    assert (first.item, [code for _, code, _ in first.findings]) == (None, ["xml_refused"])
    assert second.item is not None


def test_an_item_whose_file_is_missing_and_a_resource_that_is_no_item_are_named():
    found = unpack(a_package({"q1": None}, more='<resource identifier="t" type="imsqti_test_xmlv3p0"/>'))

    assert [(one.is_item, one.findings[0][1]) for one in found] == [
        (True, "file_missing"),
        (False, "no_item"),
    ]


def _zipped(files, **options):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", **options) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return file.getvalue()


MANY = "".join(f'<resource identifier="r{n}" type="x"/>' for n in range(MOST_ITEMS + 1))
LARGE = {f"q{n}": A_CHOICE + " " * 200_000 for n in range(90)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK nothing", "no_zip"),
        (_zipped([("a.xml", "<a/>")]), "no_manifest"),
        (_zipped([("imsmanifest.xml", "<!DOCTYPE a><a/>")]), "manifest_unreadable"),
        (_zipped([("imsmanifest.xml", "<a/>")], compression=zipfile.ZIP_LZMA), "compression_unknown"),
        (_zipped([(f"{n}", "") for n in range(2_001)]), "too_many_files"),
        (_zipped([("imsmanifest.xml", f"<m><resources>{MANY}</resources></m>")]), "too_many_items"),
        (a_package(LARGE), "too_large"),
    ],
)
def test_what_is_no_package_is_refused_whole(content, reason):
    with pytest.raises(Invalid) as refusal:
        unpack(content)

    assert (refusal.value.code, refusal.value.facts["reason"]) == ("items_package_refused", reason)


def test_a_damaged_package_is_refused_and_breaks_nothing():
    whole = bytearray(a_package({"q1": an_item("q1")}))

    for place in range(0, len(whole), 7):
        damaged = bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            unpack(damaged)
        except Invalid as refusal:
            assert refusal.code == "items_package_refused"

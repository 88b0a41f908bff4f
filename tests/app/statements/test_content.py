"""A statement's frozen content: what it holds, that it comes back as it went in, and what it refuses."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates import rules as certificates
from app.certificates.content import ContentError
from app.core.ids import new_code
from app.statements import labels, rules
from app.statements.content import StatementContent
from app.statements.labels import LANGUAGES, figure, label
from app.statements.rules import StatementKind
from skillcard.profile import Source
from tests.factories.packages import FOLDERS
from tests.factories.statements import a_statement, elements_of


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rating", [0, "0.5", 1, "2.75", 5])
def test_content_comes_back_from_json_as_it_went_in(folder, language, rating):
    content = a_statement(rating, folder=folder, language=language)

    read = StatementContent.from_document(json.loads(json.dumps(content.to_document())))

    assert read == content
    assert "." not in "".join(map(str, _floats(content.to_document())))


def _floats(value):
    if isinstance(value, dict):
        return [found for inner in value.values() for found in _floats(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in _floats(inner)]
    return [value] if isinstance(value, float) else []


def without(document, name):
    return {key: value for key, value in document.items() if key != name}


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document | {"profile": "mentorcert-certificate-1"},
        lambda document: without(document, "profile"),
        lambda document: without(document, "found_on"),
        lambda document: document | {"valid_until": "2030-01-01"},
        lambda document: document | {"demonstration": "no"},
        lambda document: document | {"card": document["card"] | {"level": "2"}},
        lambda document: document | {"card": document["card"] | {"status": "valid"}},
    ],
)
def test_another_shape_is_not_read(change):
    with pytest.raises(ContentError):
        StatementContent.from_document(change(a_statement().to_document()))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person_name": " "}, "person_name"),
        ({"person_name": "a\x00b"}, "person_name"),
        ({"person_name": "e\u0301"}, "person_name"),
        ({"person_name": "W" * 201}, "person_name"),
        ({"scheme_title": "ISO/IEC 17024 certified mentor"}, "scheme_title"),
        ({"verify_url": "https://cert.example.org/v/ostsee/another"}, "verify_url"),
    ],
)
def test_content_that_may_not_be_printed_is_refused_by_field(changes, field):
    with pytest.raises(ContentError) as refused:
        a_statement(**changes)

    assert refused.value.field == field


@pytest.mark.parametrize(("rating", "source"), [(2, Source.SELF), (3, Source.ASSESSOR), (0, Source.ASSESSOR)])
def test_a_level_that_may_not_be_stated_makes_no_level_statement(rating, source):
    with pytest.raises(ContentError):
        a_statement(rating, source=source, kind=StatementKind.LEVEL_STATEMENT)


def test_a_card_whose_level_or_means_contradict_its_scheme_is_refused():
    card = a_statement().card

    for change in ({"level": 7}, {"target": 6}, {"units": (replace(card.units[0], mean=Decimal("5.01")),)}):
        with pytest.raises(ContentError):
            replace(card, **change)


def test_a_level_name_is_that_of_the_whole_steps_only():
    card = a_statement().card

    assert [card.name_of(Decimal(text)) for text in ("0.99", "1", "2.99", "5")] == [
        None, "Novice", "Advanced beginner", "Expert",
    ]  # fmt: skip
    assert a_statement(folder="eia_like").card.name_of(5) == "Master practitioner"


def test_an_element_without_a_rating_is_told_as_such_and_counts_zero():
    codes = elements_of()
    card = a_statement({codes[0]: 4}).card

    assert (card.rated, card.elements[1].rating, card.elements[1].rated_on) == (1, None, None)
    assert card.units[0].mean == Decimal("1.00")


@given(st.integers(2000, 2999), st.text(min_size=1, max_size=64), st.integers(1, 99_999))
def test_no_certificate_ever_has_a_statements_number(year, scheme, serial):
    certificate = certificates.number(certificates.number_prefix(scheme, year), serial)

    assert rules.read_number(certificate) is None
    assert "." not in certificate
    assert rules.read_number(rules.number(year, new_code()))


def test_a_number_is_read_as_people_type_it():
    assert rules.read_number(" st.2026.7kq 2m9xw ") == "ST.2026.7KQ2M9XW"
    assert rules.read_number("ST.2026.OIL2M9XW") == "ST.2026.0112M9XW"


@pytest.mark.parametrize(
    "text", ["", "ST", "ST.2026", "ST.2026.7KQ2M9X", "XT.2026.7KQ2M9XW", "...", "ST.26.7KQ2M9XW"]
)
def test_what_is_no_number_is_none(text):
    assert rules.read_number(text) is None


def test_every_language_words_every_label():
    assert len({frozenset(words) for words in labels._CATALOGUE.values()}) == 1
    for key in labels._EN:
        places = {language: _places(labels._CATALOGUE[language][key]) for language in LANGUAGES}
        assert len(set(places.values())) == 1, key


def _places(text):
    return frozenset(part.split("}")[0] for part in text.split("{")[1:])


def test_a_language_without_wording_is_refused():
    with pytest.raises(ContentError, match="wording"):
        label("fi", "seal")


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [
        ("2.00", "2", "2"),
        ("2.50", "2.5", "2,5"),
        ("0", "0", "0"),
        ("10", "10", "10"),
        ("1.87", "1.87", "1,87"),
    ],
)
def test_numbers_are_written_as_in_the_language(value, english, spanish):
    assert (figure("en", Decimal(value)), figure("es", Decimal(value))) == (english, spanish)

"""Forms in another language: reviewed translations only, a cut of their own or shown to be equivalent."""

import pytest

from tests.factories import itembank as b

SPANISH = {"language": "es", "code": "F-B-ES", "title": "Conocimientos"}


@pytest.fixture
def english(client, world, system, version_id):
    """A draft form in English with items of every kind."""
    scheme = b.scheme_id(client, world.alpha)
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT, kinds=list(b.CONTENT))
    return b.assembled(client, world.alpha, version_id)["forms"][0]


def asked(client, world, form_id, **changes):
    headers = world.alpha["scheme_manager"].headers
    return client.post(f"/v1/forms/{form_id}/variants", json=SPANISH | changes, headers=headers)


def test_a_variant_has_the_same_items_in_the_other_language(client, world, system, english):
    b.a_spanish_bank(system, world.alpha)

    made = asked(client, world, english).json()

    source, variant = (b.content_of(client, world.alpha, form)["items"] for form in (english, made["id"]))
    same = ("code", "version", "key", "points", "rule", "kind")
    assert [[item[name] for name in same] for item in source] == [
        [item[name] for name in same] for item in variant
    ]
    assert (source[0]["stem"], variant[0]["stem"]) == ("Of B-101?", "De B-101?")
    assert (made["variant_of"], made["equivalence"], made["state"]) == (english, None, "draft")


def test_an_item_without_a_reviewed_translation_stands_in_no_variant(client, world, system, english):
    b.a_spanish_bank(system, world.alpha, but=["B-101", "B-402"])

    answer = asked(client, world, english)

    assert (answer.json()["code"], answer.json()["facts"]["items"]) == ("variant_missing", ["B-101", "B-402"])


def test_forms_are_put_together_in_a_language_of_translated_items_only(
    client, world, system, version_id, english
):
    b.a_spanish_bank(system, world.alpha, but=["B-101"])

    made = b.assembled(client, world.alpha, version_id, language="es", codes=["F-ES"])

    assert made["outcome"]["facts"]["shortages"] == [["U1", None, 8, 7]]


def test_a_variant_needs_a_study_of_its_own(client, world, system, english):
    b.a_spanish_bank(system, world.alpha)
    b.with_study(client, world.alpha, english)
    b.approved(client, world.alpha, english)
    made = asked(client, world, english).json()

    assert b.approved(client, world.alpha, made["id"]).json()["code"] == "study_missing"


def test_a_variant_shown_to_be_equivalent_takes_the_cut_of_the_other_form(client, world, system, english):
    b.a_spanish_bank(system, world.alpha)
    made = asked(client, world, english, equivalence="Two panels, same ratings within 0.02.").json()
    early = b.approved(client, world.alpha, made["id"]).json()
    b.with_study(client, world.alpha, english)
    b.approved(client, world.alpha, english)

    approved = b.approved(client, world.alpha, made["id"]).json()

    assert (early["code"], approved["state"]) == ("study_not_approved", "approved")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"language": "en"}, "language_not_offered"), ({"language": "fr"}, "language_not_offered")],
)
def test_a_variant_is_in_another_language_that_the_scheme_offers(client, world, english, changes, code):
    assert asked(client, world, english, **changes).json()["code"] == code


def test_an_imported_form_has_no_variants(client, world, version_id):
    from_file = client.post(
        "/v1/forms",
        json={"scheme_version_id": str(version_id), "document": b.form_document()},
        headers=world.alpha["scheme_manager"].headers,
    ).json()

    assert asked(client, world, from_file["id"]).json()["code"] == "form_not_of_bank"

"""Translations of items: made by one person, reviewed by another, and only then of use."""

import pytest
import sqlalchemy as sa

from tests.factories import itembank as b
from tests.factories.marking import raw


@pytest.fixture
def item(client, world, version_id):
    return b.an_approved_item(client, world.alpha)


def variants(item):
    return [variant["state"] for variant in item["versions"][-1]["variants"]]


def test_a_translation_counts_once_another_person_has_reviewed_it(client, world, item):
    drafted = b.translated(client, world.alpha, item).json()
    reviewed = b.variant_judged(client, world.alpha, drafted).json()

    assert (variants(drafted), variants(reviewed)) == (["drafted"], ["reviewed"])
    shown = client.get(b.at(item, "/content"), headers=world.alpha["auditor"].headers).json()
    assert shown["variants"][0]["texts"] == b.TEXTS | {"rubric": {}}
    assert shown["variants"][0]["findings"] == "Same meaning."


def test_the_translator_does_not_review_her_own_work(client, world, item):
    drafted = b.translated(client, world.alpha, item).json()

    assert b.variant_judged(client, world.alpha, drafted, "item_writer").json()["code"] == "variant_own_work"


def test_a_translation_is_judged_once_and_made_anew_when_returned(client, world, item):
    drafted = b.translated(client, world.alpha, item).json()
    second = b.translated(client, world.alpha, item)
    returned = b.variant_judged(client, world.alpha, drafted, verdict="return").json()
    again = b.variant_judged(client, world.alpha, drafted)
    anew = b.translated(client, world.alpha, item).json()

    assert (second.json()["code"], again.json()["code"]) == ("variant_taken", "variant_move_refused")
    assert (variants(returned), variants(anew)) == (["returned"], ["returned", "drafted"])


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"options": {"a": "Escucha."}}, "other_parts"),
        ({"options": b.TEXTS["options"] | {"d": "Escucha."}}, "same_option_twice"),
        ({"rubric": {"risk": "Nombra un riesgo."}}, "other_parts"),
    ],
)
def test_a_translation_has_the_same_parts(client, world, item, texts, code):
    answer = b.translated(client, world.alpha, item, **texts)

    assert (answer.status_code, answer.json()["findings"][0]["code"]) == (422, code)


def test_only_an_approved_version_is_translated_and_not_into_its_own_language(client, world, item):
    draft = b.an_item(client, world.alpha, "B-002")
    own = {"language": "en", "texts": b.TEXTS}

    early = b.translated(client, world.alpha, draft)
    same = client.post(b.at(item, "/variants"), json=own, headers=world.alpha["item_writer"].headers)

    assert (early.json()["code"], same.json()["code"]) == ("item_move_refused", "variant_taken")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE item_variants SET content = 'x', rev = rev + 1",
        "UPDATE item_variants SET state = 'reviewed', reviewed_by = translated_by, findings = 'x',"
        " reviewed_on = '2026-03-02', rev = rev + 1",
    ],
)
def test_the_database_keeps_translations(client, world, runtime, item, statement):
    b.translated(client, world.alpha, item)

    with pytest.raises(sa.exc.IntegrityError, match=r"ITM-2|reviewed_by"), raw(runtime) as connection:
        connection.exec_driver_sql(statement)

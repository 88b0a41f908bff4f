import hashlib
from datetime import timedelta

import pytest

from app.certificates.rules import Move
from tests.factories.certificates import granted, moved, sealed
from tests.factories.schemes import a_published_version
from tests.support.world import as_system


@pytest.fixture
def holder(world):
    return world.alpha["person"].headers


def test_the_holder_sees_her_certificate_with_its_status(client, certificate, holder):
    answer = client.get(f"/v1/me/certificates/{certificate.id}", headers=holder)

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["number"] == "SME-BM-2026-00001"
    assert (told["state"], told["status"], told["document"]["state"]) == ("valid", "valid", "pending")
    assert told["verify_url"].endswith(f"/v/alpha/{certificate.code}")
    assert told["phases"] == [
        {"code": "early_startup", "title": "Early start-up"},
        {"code": "growth", "title": "Growth"},
    ]


def test_the_holder_lists_her_certificates_newest_first(client, world, system, certificate, holder):
    later = granted(
        system, certificate.scheme_version_id, certificate.person_id, world.alpha["decision_maker"].person_id
    )

    items = client.get("/v1/me/certificates", headers=holder).json()["items"]

    assert [item["id"] for item in items] == [str(later.id), str(certificate.id)]
    assert items[0]["number"] == "SME-BM-2026-00002"


def test_a_document_that_is_not_sealed_yet_is_pending(client, certificate, holder):
    answer = client.get(f"/v1/me/certificates/{certificate.id}/document", headers=holder)

    assert (answer.status_code, answer.json()["code"]) == (409, "document_pending")


def test_the_document_is_downloaded_byte_for_byte(client, system, certificate, holder):
    document = sealed(system, certificate.id)

    first = client.get(f"/v1/me/certificates/{certificate.id}/document", headers=holder)
    second = client.get(f"/v1/me/certificates/{certificate.id}/document", headers=holder)

    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["etag"] == f'"{document.sha256}"'
    assert "SME-BM-2026-00001.pdf" in first.headers["content-disposition"]
    assert hashlib.sha256(first.content).hexdigest() == document.sha256
    assert second.content == first.content


@pytest.mark.parametrize("move", [Move.SUSPEND, Move.WITHDRAW])
def test_the_document_is_withheld_while_the_certification_does_not_stand(
    client, system, certificate, holder, move
):
    sealed(system, certificate.id)
    moved(system, certificate.id, move)

    answer = client.get(f"/v1/me/certificates/{certificate.id}/document", headers=holder)

    assert (answer.status_code, answer.json()["code"], answer.json()["facts"]["rule"]) == (
        409, "document_withheld", "LIF-2",
    )  # fmt: skip


def test_a_reinstated_certificate_is_handed_out_again(client, system, certificate, holder):
    sealed(system, certificate.id)
    for move in (Move.SUSPEND, Move.REINSTATE):
        moved(system, certificate.id, move)

    answer = client.get(f"/v1/me/certificates/{certificate.id}/document", headers=holder)

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["", "/document"])
@pytest.mark.parametrize(("body", "member"), [("alpha", "trainer"), ("beta", "person")])
def test_anybody_elses_certificate_is_not_there(client, world, certificate, path, body, member):
    other = getattr(world, body)[member]

    answer = client.get(f"/v1/me/certificates/{certificate.id}{path}", headers=other.headers)

    assert answer.status_code == 404


def test_staff_list_the_certificates_page_by_page(client, world, system, certificate):
    for _ in range(2):
        granted(
            system,
            certificate.scheme_version_id,
            certificate.person_id,
            world.alpha["decision_maker"].person_id,
        )
    headers = world.alpha["auditor"].headers

    first = client.get("/v1/certificates?limit=2", headers=headers).json()
    second = client.get(f"/v1/certificates?limit=2&cursor={first['next']}", headers=headers).json()

    numbers = [item["number"] for item in first["items"] + second["items"]]
    assert numbers == [f"SME-BM-2026-0000{serial}" for serial in (1, 2, 3)]
    assert second["next"] is None


def test_a_person_may_not_list_all_certificates(client, certificate, holder):
    assert client.get("/v1/certificates", headers=holder).status_code == 403


def test_another_bodys_staff_see_none_of_them(client, world, certificate):
    answer = client.get("/v1/certificates", headers=world.beta["auditor"].headers)

    assert answer.json()["items"] == []


def test_bodies_count_their_numbers_apart(client, world, runtime, certificate):
    beta = as_system(runtime, world.beta.body_id)
    version = a_published_version(client, world.beta)

    other = granted(beta, version, world.beta["person"].person_id, world.beta["decision_maker"].person_id)

    assert other.number == certificate.number == "SME-BM-2026-00001"


def test_an_expired_certificate_is_shown_as_expired(client, clock, certificate, world):
    clock.advance(timedelta(days=3 * 366 + 2))
    answer = client.get(f"/public/v1/bodies/alpha/certificates/{certificate.code}")

    assert answer.json()["entry"]["status"] == "expired"

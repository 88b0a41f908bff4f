from datetime import timedelta

import pytest

from app.certificates.content import CertificateContent
from app.certificates.drawing import draw
from app.certificates.rules import Move
from app.register import upload
from tests.factories.certificates import a_seal, granted, moved, on, sealed
from tests.factories.documents import a_content
from tests.factories.documents import sealed as sealed_elsewhere
from tests.factories.schemes import a_published_version
from tests.support.world import as_system

PUBLIC = "/public/v1/bodies/alpha"


def verdicts(answer):
    return {check["name"]: check["verdict"] for check in answer.json()["checks"]}


def hand_in(client, content, body="alpha"):
    return client.post(
        f"/public/v1/bodies/{body}/verifications", files={"file": ("c.pdf", content, "application/pdf")}
    )


@pytest.fixture
def pdf(client, world, system, certificate):
    sealed(system, certificate.id)
    path = f"/v1/me/certificates/{certificate.id}/document"
    return client.get(path, headers=world.alpha["person"].headers).content


def test_anyone_verifies_by_code(client, certificate):
    answer = client.get(f"{PUBLIC}/certificates/{certificate.code}")

    assert answer.status_code == 200
    told = answer.json()
    assert told["is_ok"] is True
    assert told["entry"]["status"] == "valid"
    assert told["entry"]["content"]["holder_name"] == "Person of Alpha"
    assert told["entry"]["content"]["level"] == 3
    assert [phase["code"] for phase in told["entry"]["content"]["phases"]] == ["early_startup", "growth"]


def test_the_entry_says_what_the_frozen_content_says(client, certificate):
    entry = client.get(f"{PUBLIC}/certificates/{certificate.code}").json()["entry"]["content"]

    document = CertificateContent.from_document(certificate.content).to_document()
    assert entry == {name: document[name] for name in entry}


@pytest.mark.parametrize("spelling", ["SME-BM-2026-00001", "sme-bm-2026-00001", " SME-BM-2026-00001 "])
def test_anyone_verifies_by_number_as_people_type_it(client, certificate, spelling):
    answer = client.get(f"{PUBLIC}/certificates", params={"number": spelling})

    assert answer.json()["is_ok"] is True


def test_a_number_does_not_lead_to_the_code(client, certificate):
    answer = client.get(f"{PUBLIC}/certificates", params={"number": certificate.number})

    assert certificate.code not in answer.text


def test_a_code_is_read_in_any_case_and_with_gaps(client, certificate):
    typed = "-".join(certificate.code.lower()[start : start + 5] for start in range(0, 20, 5))

    assert client.get(f"{PUBLIC}/certificates/{typed}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/public/v1/bodies/alpha/certificates/7KQ2M9XWTB4HZ0RFVJ6D",
        "/public/v1/bodies/alpha/certificates?number=SME-BM-2026-00077",
        "/public/v1/bodies/beta/certificates/{code}",
        "/public/v1/bodies/beta/certificates?number=SME-BM-2026-00001",
        "/public/v1/bodies/nobody/certificates/{code}",
    ],
)
def test_what_is_not_in_this_bodys_register_is_not_there(client, certificate, path):
    answer = client.get(path.format(code=certificate.code))

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(("move", "status"), [(Move.SUSPEND, "suspended"), (Move.WITHDRAW, "withdrawn")])
def test_a_move_is_seen_by_the_very_next_request(client, system, certificate, move, status):
    before = client.get(f"{PUBLIC}/certificates/{certificate.code}").json()
    moved(system, certificate.id, move)

    after = client.get(f"{PUBLIC}/certificates/{certificate.code}").json()

    assert (before["is_ok"], after["is_ok"]) == (True, False)
    assert after["entry"]["status"] == status
    assert after["checks"][-1]["verdict"] == "failed"


def test_the_certificate_holds_through_its_last_day_in_the_bodys_zone(client, clock, certificate):
    clock.advance(timedelta(days=(certificate.expires_on - certificate.effective_on).days))
    last = client.get(f"{PUBLIC}/certificates/{certificate.code}").json()
    clock.advance(timedelta(hours=14))  # past midnight in Madrid
    after = client.get(f"{PUBLIC}/certificates/{certificate.code}").json()

    assert (last["is_ok"], last["entry"]["status"]) == (True, "valid")
    assert (after["is_ok"], after["entry"]["status"]) == (False, "expired")


def test_a_certificate_is_not_valid_before_its_first_day(client, world, system, certificate):
    later = granted(
        system,
        certificate.scheme_version_id,
        certificate.person_id,
        world.alpha["decision_maker"].person_id,
        effective_on=on("2026-06-01"),
    )

    told = client.get(f"{PUBLIC}/certificates/{later.code}").json()

    assert (told["is_ok"], told["entry"]["status"]) == (False, "not_yet_valid")


def test_the_issued_file_passes_every_check(client, pdf):
    answer = hand_in(client, pdf)

    assert answer.status_code == 200, answer.text
    assert answer.json()["is_ok"] is True
    assert set(verdicts(answer).values()) == {"ok"}


def test_the_issued_file_of_a_suspended_certificate_is_genuine_but_not_ok(client, system, certificate, pdf):
    moved(system, certificate.id, Move.SUSPEND)

    told = hand_in(client, pdf).json()

    assert (told["is_ok"], told["is_genuine"], told["entry"]["status"]) == (False, True, "suspended")


def test_a_flipped_byte_is_found(client, pdf):
    place = pdf.index(b"stream\n") + 40
    flipped = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

    answer = hand_in(client, flipped)

    assert answer.status_code == 200
    assert (answer.json()["is_ok"], answer.json()["is_genuine"]) == (False, False)
    assert verdicts(answer)["intact"] == "failed"


def test_an_addition_after_the_seal_is_found_though_the_signature_holds(client, pdf):
    answer = hand_in(client, pdf + b"\n% added later\n")

    assert verdicts(answer)["intact"] == "ok"
    assert verdicts(answer)["complete"] == "failed"
    assert verdicts(answer)["issued_file"] == "failed"
    assert answer.json()["is_ok"] is False


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"\x00\xff" * 4000,
        b"PK\x03\x04 not a pdf",
    ],
)
def test_what_is_no_certificate_gets_a_verdict_not_an_error(client, certificate, content):
    answer = hand_in(client, content)

    assert answer.status_code == 200, answer.text
    assert answer.json()["is_ok"] is False
    assert answer.json()["entry"] is None
    assert verdicts(answer)["readable"] == "failed"
    assert verdicts(answer)["in_force"] == "not_checked"


def test_a_truncated_certificate_gets_a_verdict(client, pdf):
    answer = hand_in(client, pdf[: len(pdf) // 2])

    assert (answer.status_code, answer.json()["is_ok"]) == (200, False)


def test_a_forgery_with_a_valid_number_shows_the_registered_name(client, world, certificate):
    own = CertificateContent.from_document(certificate.content)
    forged = sealed_elsewhere(
        draw(a_content(number=own.number, code=own.code, verify_url=own.verify_url, holder_name="Mallory"))
    )

    answer = hand_in(client, forged)

    assert answer.json()["is_ok"] is False
    assert verdicts(answer)["issuer"] == "failed"
    assert verdicts(answer)["known_key"] == "failed"
    assert verdicts(answer)["issued_file"] == "failed"
    assert answer.json()["entry"]["content"]["holder_name"] == "Person of Alpha"
    assert all(check["reason"] for check in answer.json()["checks"] if check["verdict"] != "ok")


def test_one_bodys_file_proves_nothing_at_another(client, world, runtime, pdf):
    beta = as_system(runtime, world.beta.body_id)
    a_seal(beta)
    a_published_version(client, world.beta)

    answer = hand_in(client, pdf, body="beta")

    assert (answer.json()["is_ok"], answer.json()["entry"]) == (False, None)
    assert verdicts(answer)["known_key"] == "failed"


def test_a_form_without_a_file_is_refused(client, certificate):
    answer = client.post(f"{PUBLIC}/verifications", data={"other": "x"})

    assert answer.status_code == 422


def test_an_oversized_upload_is_refused_unread(client, certificate):
    answer = hand_in(client, b"%PDF-" + b"x" * (10 * 1024 * 1024 + 8192))

    assert answer.status_code == 413


def test_uploads_beyond_those_in_hand_are_turned_away_at_once(client, pdf):
    held = 0
    try:
        while upload._IN_HAND.acquire(blocking=False):
            held += 1
        answer = hand_in(client, pdf)
    finally:
        for _ in range(held):
            upload._IN_HAND.release()

    assert 0 < held < 24  # threads that serve all requests
    assert answer.status_code == 503
    assert hand_in(client, pdf).status_code == 200

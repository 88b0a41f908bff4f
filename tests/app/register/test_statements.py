"""A statement is verified as what it is: issued, genuine, and never a certificate."""

import pytest

from app.certificates.drawing import draw as draw_certificate
from app.statements.drawing import draw
from tests.factories.certificates import a_seal
from tests.factories.certificates import sealed as sealed_certificate
from tests.factories.documents import a_content
from tests.factories.documents import sealed as sealed_elsewhere
from tests.factories.statements import a_statement, asked, assessed, elements_of, sealed
from tests.support.world import as_system

PUBLIC = "/public/v1/bodies/alpha"
OWN_CHECKS = ["readable", "sealed", "intact", "issuer", "known_key", "complete", "unmodified"]


@pytest.fixture
def statement(client, world, system, version_id):
    """A statement over HTTP, as its person is told of it."""
    a_seal(system)
    person = world.alpha["person"]
    assessed(system, person.person_id, version_id, dict.fromkeys(elements_of(), 2))
    answer = asked(client, person, version_id, kind="level_statement")
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def pdf(client, world, system, statement):
    return sealed(system, client, world.alpha["person"], statement)


def hand_in(client, content, body="alpha"):
    path = f"/public/v1/bodies/{body}/verifications"
    return client.post(path, files={"file": ("s.pdf", content, "application/pdf")}).json()


def verdicts(told):
    return {check["name"]: check["verdict"] for check in told["checks"]}


def is_no_certificate(told):
    return (told["kind"], told["is_ok"], told["entry"]) == ("statement", False, None)


def test_by_code_it_is_told_as_a_statement_with_what_it_says(client, statement):
    told = client.get(f"{PUBLIC}/certificates/{statement['code'].lower()}").json()

    assert is_no_certificate(told)
    assert told["is_genuine"] is True
    assert verdicts(told) == {"registered": "ok"}
    assert told["statement"]["kind"] == "level_statement"
    assert told["statement"]["content"] == statement["content"]


def test_by_number_it_is_only_told_that_it_was_issued(client, statement):
    told = client.get(f"{PUBLIC}/certificates", params={"number": statement["number"].lower()}).json()

    assert is_no_certificate(told)
    assert told["statement"] == {
        "number": statement["number"],
        "kind": "level_statement",
        "found_on": "2026-03-02",
        "content": None,
    }
    assert "Person of Alpha" not in str(told)


def test_the_issued_file_passes_every_check_and_is_still_no_certificate(client, pdf, statement):
    told = hand_in(client, pdf)

    assert is_no_certificate(told)
    assert told["is_genuine"] is True
    assert list(verdicts(told)) == [*OWN_CHECKS, "registered", "issued_file", "same_statement"]
    assert set(verdicts(told).values()) == {"ok"}
    assert told["statement"]["content"] == statement["content"]


def test_no_answer_about_a_statement_speaks_of_validity(client, pdf, statement):
    answers = [
        client.get(f"{PUBLIC}/certificates/{statement['code']}").json(),
        client.get(f"{PUBLIC}/certificates", params={"number": statement["number"]}).json(),
        hand_in(client, pdf),
    ]

    for told in answers:
        assert "in_force" not in verdicts(told)
        assert "same_certificate" not in verdicts(told)
        assert not {"status", "expires_on", "effective_on"} & set(_keys(told))


def _keys(value):
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in _keys(inner))]
    return [key for inner in value for key in _keys(inner)] if isinstance(value, list) else []


def test_a_flipped_byte_and_an_addition_are_found(client, pdf):
    place = pdf.index(b"stream\n") + 60
    flipped = hand_in(client, pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :])
    longer = hand_in(client, pdf + b"\n% added later\n")

    for told, check in ((flipped, "intact"), (longer, "complete")):
        assert told["is_genuine"] is False
        assert verdicts(told)[check] == verdicts(told)["issued_file"] == "failed"
    assert is_no_certificate(longer)


def test_a_forgery_that_names_a_number_only_opens_nothing(client, statement):
    forged = draw(a_statement(5, number=statement["number"], person_name="Mallory"))

    told = hand_in(client, sealed_elsewhere(forged))

    assert is_no_certificate(told)
    assert told["is_genuine"] is False
    assert (verdicts(told)["issued_file"], verdicts(told)["same_statement"]) == ("failed", "failed")
    assert told["statement"]["content"] is None


def test_a_forgery_that_names_number_and_code_shows_what_was_issued(client, statement):
    url = f"https://cert.example.org/v/alpha/{statement['code']}"
    told_to_be = {"number": statement["number"], "code": statement["code"], "verify_url": url}
    forged = draw(a_statement(5, person_name="Mallory", **told_to_be))

    told = hand_in(client, sealed_elsewhere(forged))

    assert (verdicts(told)["issuer"], verdicts(told)["known_key"]) == ("failed", "failed")
    assert told["is_genuine"] is False
    assert told["statement"]["content"]["person_name"] == "Person of Alpha"


def test_a_certificates_paper_with_a_statements_code_is_no_certificate(client, statement):
    url = f"https://cert.example.org/v/alpha/{statement['code']}"
    forged = draw_certificate(a_content(number="SME-BM-2026-00001", code=statement["code"], verify_url=url))

    told = hand_in(client, sealed_elsewhere(forged))

    assert is_no_certificate(told)
    assert told["is_genuine"] is False


def test_a_certificate_is_answered_as_ever_beside_statements(client, world, system, certificate):
    assessed(
        system,
        world.alpha["person"].person_id,
        certificate.scheme_version_id,
        dict.fromkeys(elements_of(), 2),
    )
    asked(client, world.alpha["person"], certificate.scheme_version_id)
    document = sealed_certificate(system, certificate.id)
    path = f"/v1/me/certificates/{certificate.id}/document"
    pdf = client.get(path, headers=world.alpha["person"].headers).content

    answers = [
        client.get(f"{PUBLIC}/certificates/{certificate.code}").json(),
        client.get(f"{PUBLIC}/certificates", params={"number": certificate.number}).json(),
        hand_in(client, pdf),
    ]

    assert document.sha256
    for told in answers:
        assert (told["kind"], told["is_ok"], told["is_genuine"]) == ("certificate", True, True)
        assert told["statement"] is None
        assert told["entry"]["status"] == "valid"
    assert list(verdicts(answers[2])) == [
        *OWN_CHECKS, "registered", "issued_file", "same_certificate", "in_force",
    ]  # fmt: skip


def test_what_is_neither_has_no_kind(client, statement):
    told = hand_in(client, b"%PDF-1.7\n")

    assert (told["kind"], told["is_ok"], told["is_genuine"]) == (None, False, False)
    assert (told["entry"], told["statement"]) == (None, None)


@pytest.mark.parametrize(
    "path",
    [
        "/public/v1/bodies/beta/certificates/{code}",
        "/public/v1/bodies/beta/certificates?number={number}",
        "/public/v1/bodies/alpha/certificates?number=ST.2026.00000000",
        "/public/v1/bodies/nobody/certificates/{code}",
    ],
)
def test_another_body_knows_nothing_of_it(client, statement, path):
    answer = client.get(path.format(**statement))

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_one_bodys_statement_proves_nothing_at_another(client, world, runtime, pdf):
    a_seal(as_system(runtime, world.beta.body_id))

    told = hand_in(client, pdf, body="beta")

    assert (told["kind"], told["is_genuine"], told["statement"]) == (None, False, None)


def test_a_statement_is_in_no_list_of_certificates(client, world, statement):
    person, auditor = world.alpha["person"].headers, world.alpha["auditor"].headers

    assert client.get("/v1/me/certificates", headers=person).json()["items"] == []
    assert client.get("/v1/certificates", headers=auditor).json()["items"] == []
    assert client.get(f"/v1/me/certificates/{statement['id']}", headers=person).status_code == 404
    assert client.get(f"/v1/me/certificates/{statement['id']}/document", headers=person).status_code == 404

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.bodies import service
from app.bodies.authority import fingerprint_of
from app.core.errors import Conflict, Findings, Forbidden
from app.core.secrets import Purpose
from app.core.settings import Mode
from app.work import Caller
from tests.factories.documents import an_authority


def findings(work, months):
    return [found.code for found in service.seal_findings(work, months)]


def test_a_test_authority_gives_a_seal_fit_for_a_certification(client, system):
    row = system.write(service.make_seal_authority)

    assert row.purpose is Purpose.SEAL
    assert row.kid == fingerprint_of(row.certificates_pem.encode())
    assert system.read(findings, 36) == []
    told = client.get("/public/v1/bodies/alpha/keys").json()["items"]
    assert row.kid in [key["kid"] for key in told]


def test_a_seal_that_runs_out_is_found(system, clock):
    system.write(service.make_seal_authority)
    clock.advance(timedelta(days=366 * 5))

    assert system.read(findings, 0) == []
    assert system.read(findings, 36) == ["too_short"]


def test_a_key_that_does_not_belong_to_its_certificate_is_refused(system):
    with pytest.raises(Findings) as refusal:
        system.write(service.add_seal, ec.generate_private_key(ec.SECP256R1()), an_authority().chain)

    assert "key_mismatch" in [code for _, code, _ in refusal.value.findings]


def test_production_makes_no_test_authority(runtime, system):
    production = replace(
        runtime,
        settings=replace(
            runtime.settings,
            mode=Mode.PRODUCTION,
            public_url="https://mentors.example",
            mail_url="smtps://mail.mentors.example",
        ),
    )

    with pytest.raises(Conflict) as refusal:
        Caller(production, system.claim, "test").write(service.make_seal_authority)

    assert refusal.value.code == "test_authority_refused"


def test_nobody_but_the_service_itself_makes_a_seal(system):
    with pytest.raises(Forbidden):
        system.of_body("alpha").write(service.make_seal_authority)

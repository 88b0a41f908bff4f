"""The decision and everything that can be seen of it: certificate, verification, suspension, log."""

import hashlib
import time
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import httpx
from mentorcert_client import Client
from mentorcert_client.api.certificates import certificates_download_own, certificates_search_own
from mentorcert_client.api.decisions import (
    decisions_decide,
    decisions_explain,
    decisions_readiness,
    decisions_reinstate,
    decisions_suspend,
)
from mentorcert_client.api.register import register_verify_code, register_verify_file, register_verify_number
from mentorcert_client.models import BodyRegisterVerifyFile, GrantCreate, SuspendCreate, VerificationRead
from mentorcert_client.types import File

from app.demo.application import declare
from app.demo.prologue import Cast
from app.demo.show import Show
from app.demo.stage import Stage
from app.demo.voices import DemoError, Voice, key, problem, told

_DOCUMENT_SECONDS = 60


@dataclass(frozen=True)
class Issued:
    """The certificate as the holder downloaded it."""

    number: str
    code: str
    path: Path
    verify_url: str


def decide(cast: Cast, case_id: UUID, show: Show) -> None:
    """Decide: the trainer is refused, the decision maker grants, and the decision explains itself."""
    show.step("Decision by a person who took no part")
    declare(cast.trainer, case_id)
    grant = GrantCreate(kind="grant")
    barred = problem(
        decisions_decide.sync_detailed(
            case_id, client=cast.trainer.client, body=grant, idempotency_key=key()
        ),
        409,
    )
    show.refused("the candidate's trainer tries to decide", barred)
    client = cast.decider.client
    ready = told(decisions_readiness.sync_detailed(case_id, client=client))
    show.line(f"{len(ready.answers)} requirements, unmet: {', '.join(ready.unmet) or 'none'}")
    decision = told(decisions_decide.sync_detailed(case_id, client=client, body=grant, idempotency_key=key()))
    explained = told(decisions_explain.sync_detailed(decision.id, client=client))
    if not (explained.agrees and explained.snapshot_intact):
        raise DemoError("the decision does not follow from its snapshot")
    show.line(f"granted; recomputed from snapshot {explained.snapshot_sha256[:12]}… alone: the same")


def download(stage: Stage, mentor: Voice, show: Show) -> Issued:
    """Wait until the document is sealed and save the very bytes that were stored."""
    show.step("The certificate is drawn, sealed and downloaded")
    found = told(certificates_search_own.sync_detailed(client=mentor.client)).items[0]
    deadline = time.monotonic() + _DOCUMENT_SECONDS
    while True:
        answer = certificates_download_own.sync_detailed(found.id, client=mentor.client)
        if answer.status_code == httpx.codes.OK:
            break
        if time.monotonic() > deadline:
            raise DemoError(f"the document is still pending: {answer.content[:500]!r}")
        time.sleep(0.3)
    path = stage.folder / f"{found.number}.pdf"
    path.write_bytes(answer.content)
    verify_url = f"{stage.url}/v/{stage.slug}/{found.code}"
    show.line(
        f"{found.number}, {len(answer.content)} bytes, {hashlib.sha256(answer.content).hexdigest()[:16]}…"
    )
    show.line(f"its QR code opens {verify_url}")
    return Issued(found.number, found.code, path, verify_url)


def verify(stage: Stage, issued: Issued, show: Show) -> str:
    """Let a stranger verify by code, by page and by the file itself; return what is said of the seal."""
    show.step("Anyone can verify it")
    stranger = Client(base_url=stage.url, raise_on_unexpected_status=True, timeout=60)
    by_code = told(register_verify_code.sync_detailed(stage.slug, issued.code, client=stranger))
    by_number = told(register_verify_number.sync_detailed(stage.slug, client=stranger, number=issued.number))
    if not (by_code.is_ok and by_number.is_ok):
        raise DemoError("the register does not confirm the certificate")
    if issued.number not in httpx.get(issued.verify_url, timeout=30).text:
        raise DemoError("the page that the QR code opens does not name the certificate")
    show.line(f"by code, by number and on the page: {by_code.entry.status}")
    pdf = issued.path.read_bytes()
    seal = _seal_of(_judge(stage, stranger, pdf), show)
    middle = len(pdf) // 2
    forged = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
    if _judge(stage, stranger, forged).is_ok:
        raise DemoError("a file with one bit changed was accepted")
    show.line("the same file with one bit changed: not accepted")
    return seal


_SEAL_CHECKS = {"readable", "sealed", "intact", "issuer", "known_key", "complete", "unmodified"}


def _judge(stage: Stage, stranger: Client, pdf: bytes) -> VerificationRead:
    upload = BodyRegisterVerifyFile(file=File(payload=BytesIO(pdf), file_name="certificate.pdf"))
    judged: VerificationRead = told(
        register_verify_file.sync_detailed(stage.slug, client=stranger, body=upload)
    )
    return judged


def _seal_of(judged: VerificationRead, show: Show) -> str:
    """Return `ok` only if every check of the seal was made and none failed, the body's own key among them."""
    verdicts = {check.name: str(check.verdict) for check in judged.checks}
    if missing := _SEAL_CHECKS - set(verdicts):
        raise DemoError(f"the seal was not checked for {sorted(missing)}")
    show.line("uploaded file: " + ", ".join(f"{name} {verdict}" for name, verdict in verdicts.items()))
    wrong = [name for name in _SEAL_CHECKS if verdicts[name] != "ok"]
    if wrong or not judged.is_ok:
        raise DemoError(f"the seal is not accepted: {wrong or verdicts}")
    return "ok"


def suspend_and_lift(
    stage: Stage, cast: Cast, case_id: UUID, issued: Issued, today: date, show: Show
) -> None:
    """Suspend the certification and lift the suspension; what anyone sees follows at once."""
    show.step("Suspension and its lifting show at once")
    stranger = Client(base_url=stage.url, raise_on_unexpected_status=True, timeout=60)
    reasons = {"reasons": ["surveillance_overdue"], "resolve_by": (today + timedelta(days=60)).isoformat()}
    told(
        decisions_suspend.sync_detailed(
            case_id, client=cast.decider.client, body=SuspendCreate.from_dict(reasons), idempotency_key=key()
        )
    )
    _expect_status(stage, stranger, issued, "suspended", show)
    told(decisions_reinstate.sync_detailed(case_id, client=cast.decider.client, idempotency_key=key()))
    _expect_status(stage, stranger, issued, "valid", show)


def _expect_status(stage: Stage, stranger: Client, issued: Issued, status: str, show: Show) -> None:
    told_status = str(
        told(register_verify_code.sync_detailed(stage.slug, issued.code, client=stranger)).entry.status
    )
    if told_status != status:
        raise DemoError(f"the register says {told_status}, not {status}")
    show.line(f"the register says: {told_status}")


def check_log(stage: Stage, show: Show) -> int:
    """Export the log and have it checked by the program inside the export; return how many events."""
    show.step("An outsider checks the log, offline")
    export = stage.folder / "log-export"
    stage.run("log", "export", "--body", stage.slug, "--out", str(export))
    printed = stage.run("log", "verify", str(export), "--guard", str(stage.guard))
    for text in printed.strip().splitlines():
        show.line(text)
    return sum(1 for _ in (export / "events.ndjson").open("rb"))

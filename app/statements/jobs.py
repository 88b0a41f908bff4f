"""The job that makes a statement's document: draw, announce, seal, store. It may be run again any time."""

import hashlib
from uuid import UUID

from app.statements import sealing
from app.statements.drawing import SEAL_BOX, draw
from app.statements.labels import label
from app.statements.sealing import Draft
from app.work import Caller


def seal(caller: Caller, statement_id: UUID) -> None:
    """Seal and store one statement unless that is done; drawing and sealing happen outside any work."""
    draft: Draft | None = caller.read(sealing.draft, statement_id)
    if draft is None:
        return
    content, kid = draft.content, draft.seal.kid
    pdf = draw(content)
    _announce(caller, statement_id, kid=kid, sha256=hashlib.sha256(pdf).hexdigest())
    sealed = draft.seal.sealer.seal(
        pdf,
        signed_at=caller.runtime.clock.now(),
        reason=label(content.language, "seal_reason", number=content.number),
        location=draft.seal.location,
        name=content.body_name,
        box=SEAL_BOX,
    )
    _keep(caller, statement_id, sealed, kid=kid)


def _announce(caller: Caller, statement_id: UUID, *, kid: str, sha256: str) -> None:
    caller.write(sealing.announce, statement_id, kid=kid, sha256=sha256)


def _keep(caller: Caller, statement_id: UUID, sealed: bytes, *, kid: str) -> None:
    caller.write(sealing.keep, statement_id, sealed, kid=kid)

"""The job that makes a certificate's document: draw, announce, seal, store. It may be run again any time."""

import hashlib
from uuid import UUID

from app.certificates import sealing
from app.certificates.drawing import draw
from app.certificates.sealing import Draft
from app.work import Caller


def seal(caller: Caller, document_id: UUID) -> None:
    """Seal and store one document unless that is done; drawing and sealing happen outside any transaction."""
    draft: Draft | None = caller.read(sealing.draft, document_id)
    if draft is None:
        return
    pdf = draw(draft.content)
    _announce(caller, document_id, kid=draft.seal.kid, sha256=hashlib.sha256(pdf).hexdigest())
    sealed = draft.seal.sealer.seal(
        pdf,
        signed_at=caller.runtime.clock.now(),
        reason=draft.content.number,
        location=draft.seal.location,
        name=draft.content.body_name,
    )
    _keep(caller, document_id, sealed, kid=draft.seal.kid)


def _announce(caller: Caller, document_id: UUID, *, kid: str, sha256: str) -> None:
    caller.write(sealing.announce, document_id, kid=kid, sha256=sha256)


def _keep(caller: Caller, document_id: UUID, sealed: bytes, *, kid: str) -> None:
    caller.write(sealing.keep, document_id, sealed, kid=kid)

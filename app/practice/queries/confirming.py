"""What is asked about links for mentees."""

from sqlmodel import col, select

from app.core.errors import NotFound
from app.practice.tables import ConfirmationLinkRow
from app.work import Work


def link(work: Work, secret_hash: str) -> ConfirmationLinkRow:
    """Return the link of a secret, locked so that it works once."""
    found = work.session.exec(
        select(ConfirmationLinkRow)
        .where(
            col(ConfirmationLinkRow.body_id) == work.body_id,
            col(ConfirmationLinkRow.secret_hash) == secret_hash,
        )
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("confirmation_link")
    return found


def link_to_read(work: Work, secret_hash: str) -> ConfirmationLinkRow:
    """Return the link of a secret."""
    found = work.session.exec(
        select(ConfirmationLinkRow).where(
            col(ConfirmationLinkRow.body_id) == work.body_id,
            col(ConfirmationLinkRow.secret_hash) == secret_hash,
        )
    ).first()
    if found is None:
        raise NotFound("confirmation_link")
    return found

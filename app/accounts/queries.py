"""What is asked about accounts, sign-ins, clients and invitations."""

from uuid import UUID

from sqlmodel import col, select

from app.access.tables import AccountRow, ClientRow, FailedSignInRow, InvitationRow, SignInRow
from app.work import Work


def by_email(work: Work, email: str) -> AccountRow | None:
    """Return the account with this address."""
    return work.session.exec(
        select(AccountRow).where(col(AccountRow.body_id) == work.body_id, col(AccountRow.email) == email)
    ).first()


def sign_in(work: Work, sign_in_id: UUID) -> SignInRow | None:
    """Return a sign-in, locked so that one refresh token cannot be used twice at once."""
    return work.session.exec(
        select(SignInRow)
        .where(col(SignInRow.body_id) == work.body_id, col(SignInRow.id) == sign_in_id)
        .with_for_update()
    ).first()


def account(work: Work, account_id: UUID) -> AccountRow | None:
    """Return an account."""
    return work.session.get(AccountRow, (work.body_id, account_id))


def client(work: Work, client_id: UUID) -> ClientRow | None:
    """Return a machine client."""
    return work.session.get(ClientRow, (work.body_id, client_id))


def attempts(work: Work, email_hash: str) -> FailedSignInRow | None:
    """Return the counter of failed sign-ins of an address, locked."""
    return work.session.exec(
        select(FailedSignInRow)
        .where(col(FailedSignInRow.body_id) == work.body_id, col(FailedSignInRow.email_hash) == email_hash)
        .with_for_update()
    ).first()


def invitation(work: Work, secret_hash: str) -> InvitationRow | None:
    """Return the invitation of a secret, locked so that it opens one account."""
    return work.session.exec(
        select(InvitationRow)
        .where(col(InvitationRow.body_id) == work.body_id, col(InvitationRow.secret_hash) == secret_hash)
        .with_for_update()
    ).first()

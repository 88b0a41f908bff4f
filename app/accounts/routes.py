"""HTTP of signing in; answers that hold secrets are never kept for replay."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from app.accounts import service
from app.accounts.schemas import (
    AccountOpened,
    AccountRead,
    ClientCreate,
    ClientGrant,
    ClientRead,
    InvitationAccept,
    InvitationCreate,
    InvitationRead,
    PasswordGrant,
    RefreshGrant,
    RegistrationCreate,
    Secret,
    TokenRead,
)
from app.edge import CallerDep, StrangerDep, problems, without_key

router = APIRouter(tags=["accounts"])

Grant = Annotated[PasswordGrant | RefreshGrant | ClientGrant, Body(discriminator="grant")]
_GRANTS: dict[str, Callable[..., service.Token]] = {
    "password": service.sign_in,
    "refresh_token": service.refresh,
    "client_credentials": service.sign_in_client,
}


@router.post("/public/v1/bodies/{slug}/tokens", responses=problems(401, 404, 429))
def accounts_sign_in(slug: str, body: Grant, caller: StrangerDep) -> TokenRead:
    """Sign in with a password, a refresh token or client credentials."""
    return without_key(caller.of_body(slug)).write(_GRANTS[body.grant], body, answer=TokenRead)


@router.post("/public/v1/bodies/{slug}/tokens/end", status_code=204, responses=problems(401, 404))
def accounts_sign_out(
    slug: str, refresh_token: Annotated[Secret, Body(embed=True)], caller: StrangerDep
) -> Response:
    """End the sign-in that a refresh token belongs to."""
    without_key(caller.of_body(slug)).write(service.sign_out, refresh_token)
    return Response(status_code=204)


@router.post("/public/v1/bodies/{slug}/registrations", status_code=201, responses=problems(404, 409))
def accounts_register(slug: str, body: RegistrationCreate, caller: StrangerDep) -> AccountOpened:
    """Open one's own account as a mentor."""
    return caller.of_body(slug).write(service.register, body, answer=AccountOpened)


@router.post("/public/v1/bodies/{slug}/accounts", status_code=201, responses=problems(401, 404, 409))
def accounts_accept(slug: str, body: InvitationAccept, caller: StrangerDep) -> AccountOpened:
    """Open the account that an invitation was issued for."""
    return without_key(caller.of_body(slug)).write(service.accept, body, answer=AccountOpened)


@router.post("/v1/people/{person_id}/invitations", status_code=201, responses=problems(401, 403, 404))
def accounts_invite(person_id: UUID, body: InvitationCreate, caller: CallerDep) -> InvitationRead:
    """Invite a registered person to open an account; the secret is shown once."""
    return without_key(caller).write(service.invite, person_id, body.email, answer=InvitationRead)


@router.post("/v1/clients", status_code=201, responses=problems(401, 403))
def accounts_register_client(body: ClientCreate, caller: CallerDep) -> ClientRead:
    """Register a machine client; its secret is shown once."""
    return without_key(caller).write(service.register_client, body, answer=ClientRead)


@router.get("/v1/me", responses=problems(401, 403))
def accounts_me(caller: CallerDep) -> AccountRead:
    """Tell who the caller is here, and in which roles today."""
    return caller.read(service.whoami, answer=AccountRead)

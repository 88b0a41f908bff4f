"""From a claim, verified by signature alone, to an actor with sign-in, account and appointments of now."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from app.access import queries
from app.access.actor import Actor, ActorKind, Claim
from app.access.permissions import Role
from app.core.dates import day_in
from app.core.errors import NotFound, Unauthenticated


@dataclass(frozen=True)
class Recognised:
    """Who acts, in which body, and what day it is there."""

    actor: Actor
    body_id: UUID
    today: date


def recognise(session: Session, claim: Claim, now: datetime) -> Recognised:
    """Return the actor behind a claim; raise Unauthenticated when sign-in or account no longer hold."""
    if claim.kind is ActorKind.HUMAN:
        return _human(session, claim, now)
    if claim.kind is ActorKind.CLIENT:
        return _client(session, claim, now)
    body = (
        queries.body_by_slug(session, claim.body_slug)
        if claim.body_slug is not None
        else queries.body_by_id(session, _body(claim))
    )
    if body is None:
        if claim.kind is ActorKind.SYSTEM and claim.body_id is not None:  # a body is being established
            return Recognised(Actor(claim.kind, claim.via), claim.body_id, day_in("UTC", now))
        raise NotFound("body")
    return Recognised(Actor(claim.kind, claim.via), body.id, day_in(body.time_zone, now))


def _body(claim: Claim) -> UUID:
    if claim.body_id is None:
        raise Unauthenticated("token_missing")
    return claim.body_id


def _human(session: Session, claim: Claim, now: datetime) -> Recognised:
    assert claim.account_id is not None and claim.sign_in_id is not None
    body_id = _body(claim)
    rows = queries.signed_in(session, body_id, claim.account_id, claim.sign_in_id)
    if not rows or rows[0].is_closed or rows[0].ended_at is not None or rows[0].expires_at <= now:
        raise Unauthenticated("sign_in_ended")
    today = day_in(rows[0].time_zone, now)
    roles = {
        row.role
        for row in rows
        if row.role is not None and row.starts_on <= today and (row.ends_on is None or today <= row.ends_on)
    }
    actor = Actor(
        claim.kind,
        claim.via,
        person_id=rows[0].person_id,
        account_id=claim.account_id,
        roles=frozenset(roles | {Role.PERSON}),
    )
    return Recognised(actor, body_id, today)


def _client(session: Session, claim: Claim, now: datetime) -> Recognised:
    assert claim.client_id is not None
    body_id = _body(claim)
    row = queries.client(session, body_id, claim.client_id)
    if row is None or row.is_closed:
        raise Unauthenticated("client_closed")
    actor = Actor(
        claim.kind,
        claim.via,
        client_id=claim.client_id,
        roles=frozenset({Role.CLIENT}),
        scopes=frozenset(row.scopes),
    )
    return Recognised(actor, body_id, day_in(row.time_zone, now))

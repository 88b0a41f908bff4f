"""Use cases of badges: thanks for a milestone that the mentee confirmed, public while the mentor wants it."""

from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Conflict
from app.core.ids import new_code
from app.core.messages import LOCALES
from app.people import service as people
from app.practice import queries, rules
from app.practice.indicators import milestone_texts
from app.practice.picture import Badge, badge_texts, picture
from app.practice.schemas.badges import BadgeCreate
from app.practice.tables import BadgeRow
from app.work import Work


def award_badge(work: Work, engagement_id: UUID, wanted: BadgeCreate) -> dict[str, object]:
    """Make a badge for a milestone that the mentee confirmed, because its mentor wants one (BDG-1)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    milestone = queries.milestone(work, engagement.id, wanted.kind)
    rules.ensure_earned(wanted.kind, milestone.state if milestone is not None else None)
    assert milestone is not None
    if queries.standing_badge(work, milestone.id) is not None:
        raise Conflict("badge_stands", milestone=wanted.kind)
    row = BadgeRow(
        body_id=work.body_id,
        code=new_code(),
        person_id=work.person_id,
        milestone_id=milestone.id,
        awarded_on=work.today,
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.BADGE_AWARDED, row, kind=row.kind, with_name=row.with_name)
    work.session.flush()  # the answer tells the version
    return _told(work, row)


def own_badges(work: Work) -> dict[str, object]:
    """Return the mentor's own badges."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return {"items": [_told(work, row) for row in queries.badges(work, work.person_id)]}


def revoke_badge(work: Work, badge_id: UUID) -> dict[str, object]:
    """Take a badge back: from now on nobody finds it under its code (BDG-1)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.badge_for_update(work, work.person_id, badge_id)
    row.state, row.revoked_on = rules.revoked(row.state), work.today
    work.session.add(row)
    work.record(Event.BADGE_REVOKED, row, kind=row.kind)
    work.session.flush()  # the answer tells the version
    return _told(work, row)


def badge(work: Work, code: str) -> dict[str, object]:
    """Show a badge to whoever has its code: no firm, and of the mentor at most her printed name."""
    work.open_to_all()
    row = queries.public_badge(work, code)
    return {
        "what": "milestone_badge",
        "is_certificate": False,
        "statement": badge_texts()["statement"],
        "code": row.code,
        "milestone": row.kind,
        "title": milestone_texts()[row.kind].title,
        "mentor_name": _name(work, row),
        "body_name": bodies.own(work).legal_name,
        "confirmed_by": "mentee",
        "awarded_on": row.awarded_on,
        "picture": f"{_path(work, row)}/picture",
    }


def badge_picture(work: Work, code: str, language: str | None) -> str:
    """Draw a badge for whoever has its code, in the body's language unless another is asked for."""
    work.open_to_all()
    row, body = queries.public_badge(work, code), bodies.own(work)
    spoken = body.language if body.language in LOCALES else LOCALES[0]
    drawn = Badge(row.kind, _name(work, row), body.legal_name, row.awarded_on)
    return picture(drawn, language or spoken)


def _name(work: Work, row: BadgeRow) -> str | None:
    return people.known(work, row.person_id).printed_name if row.with_name else None


def _told(work: Work, row: BadgeRow) -> dict[str, object]:
    shown = {"id", "rev", "code", "kind", "with_name", "awarded_on", "state", "revoked_on"}
    return row.model_dump(include=shown) | {"path": _path(work, row)}


def _path(work: Work, row: BadgeRow) -> str:
    return f"/public/v1/bodies/{bodies.own(work).slug}/badges/{row.code}"

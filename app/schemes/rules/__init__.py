"""The life of a scheme version: drafted, tried out, published, retired; frozen after the draft (SCH-5)."""

from enum import StrEnum

from app.core.errors import MoveRefused


class VersionState(StrEnum):
    """Where a version stands; in pilot and when published it takes applications.

    What was begun in a pilot is examined like anything else and never leads to a certificate, not even once
    the version is published: the pilot tries out the scheme, not the person.
    """

    DRAFT = "draft"
    PILOT = "pilot"
    PUBLISHED = "published"
    RETIRED = "retired"


class VersionAction(StrEnum):
    """What may be done with a version."""

    REVISE = "revise"
    PILOT = "pilot"
    PUBLISH = "publish"
    RETIRE = "retire"


MOVES: dict[tuple[VersionState, VersionAction], VersionState] = {
    (VersionState.DRAFT, VersionAction.REVISE): VersionState.DRAFT,
    (VersionState.DRAFT, VersionAction.PUBLISH): VersionState.PUBLISHED,
    (VersionState.DRAFT, VersionAction.PILOT): VersionState.PILOT,
    (VersionState.PILOT, VersionAction.PUBLISH): VersionState.PUBLISHED,
    (VersionState.PILOT, VersionAction.RETIRE): VersionState.RETIRED,
    (VersionState.PUBLISHED, VersionAction.RETIRE): VersionState.RETIRED,
}


def after(state: VersionState, action: VersionAction) -> VersionState:
    """Return the state after an action; refuse what the life of a version does not know."""
    if (state, action) not in MOVES:
        raise MoveRefused("version_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def takes_applications(state: VersionState) -> bool:
    """Return whether people may apply under a version."""
    return state in (VersionState.PILOT, VersionState.PUBLISHED)


def may_publish_example(*, is_example: bool, is_demo_body: bool) -> bool:
    """Only a demonstration body may use a package whose studies are examples (7.0, amendment 16)."""
    return is_demo_body or not is_example

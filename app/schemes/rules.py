"""The life of a scheme version: drafted, published and thereby frozen (SCH-5), retired."""

from enum import StrEnum

from app.core.errors import MoveRefused


class VersionState(StrEnum):
    """Where a version stands; only a published one takes new applications."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class VersionAction(StrEnum):
    """What may be done with a version."""

    REVISE = "revise"
    PUBLISH = "publish"
    RETIRE = "retire"


MOVES: dict[tuple[VersionState, VersionAction], VersionState] = {
    (VersionState.DRAFT, VersionAction.REVISE): VersionState.DRAFT,
    (VersionState.DRAFT, VersionAction.PUBLISH): VersionState.PUBLISHED,
    (VersionState.PUBLISHED, VersionAction.RETIRE): VersionState.RETIRED,
}


def after(state: VersionState, action: VersionAction) -> VersionState:
    """Return the state after an action; refuse what the life of a version does not know."""
    if (state, action) not in MOVES:
        raise MoveRefused("version_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def may_publish_example(*, is_example: bool, is_demo_body: bool) -> bool:
    """Only a demonstration body may publish a package whose studies are examples (7.0, amendment 16)."""
    return is_demo_body or not is_example

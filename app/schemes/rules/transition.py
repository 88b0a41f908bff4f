"""From one version to the next: which governs a case or a holder on a day, and what follows (SCH-5, 9.6).

A newer version declares in its package what becomes of an older one. Whoever is certified stays under the
version that certified her until recertification, which follows the version then in force.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.dates import add_months
from app.core.errors import Conflict
from app.schemes.requirements import Requirement, requirements_for

Package = Mapping[str, Any]


class OpenCases(StrEnum):
    """What a newer version does with the open cases of an older one."""

    FINISH = "finish"
    """They are finished under the version they were begun in."""
    FINISH_BY = "finish_by"
    """They are finished under it by the deadline; who is not done then moves."""
    MOVE = "move"
    """They move, and have moved by the deadline; nothing is decided under the older version any more."""


@dataclass(frozen=True)
class Version:
    """A version as far as a transition must know it."""

    id: UUID
    label: str
    published_on: date
    package: Package


@dataclass(frozen=True)
class Passage:
    """One rule of a newer version about an older one, its days reckoned from the day of publishing."""

    from_version: str
    to: Version
    open_cases: OpenCases
    applications_until: date
    """The last day on which the older version takes applications."""
    deadline: date | None
    extra_assessment: tuple[str, ...]
    """What a case that moves takes on top: components that the older version did not have."""
    text: Mapping[str, str]

    @property
    def stays_until(self) -> date | None:
        """The last day on which the older version governs a case, where there is one."""
        return self.deadline if self.open_cases is OpenCases.FINISH_BY else None

    @property
    def due_on(self) -> date | None:
        """The day by which a case has to have moved, where it has to."""
        if self.open_cases is OpenCases.FINISH_BY and self.deadline is not None:
            return date.fromordinal(self.deadline.toordinal() + 1)
        return self.deadline


def passages(version: Version) -> tuple[Passage, ...]:
    """Return what a version says about each older one, in the order of its package."""
    return tuple(_passage(version, rule) for rule in version.package["transition"]["rules"])


def passage_from(label: str, published: Iterable[Version]) -> Passage | None:
    """Return what the newest of the published versions that speak of an older one says about it."""
    found = _about(label, published)
    return found[-1] if found else None


def applications_until(label: str, published: Iterable[Version]) -> date | None:
    """Return the last day on which a version takes applications, if a newer one ends that."""
    return min((passage.applications_until for passage in _about(label, published)), default=None)


def ensure_takes_applications(label: str, until: date | None, today: date) -> None:
    """Refuse an application under a version that a newer one has replaced by now."""
    if until is not None and today > until:
        raise Conflict("version_superseded", rule="SCH-5", version=label, until=until)


def is_governed_by_newer(passage: Passage | None, on: date) -> bool:
    """Tell whether the newer version governs a case on a day; then, and only then, does the case move."""
    if passage is None or passage.open_cases is OpenCases.FINISH:
        return False
    if passage.open_cases is OpenCases.MOVE:
        return on >= passage.to.published_on
    return passage.deadline is not None and on > passage.deadline


def ensure_governed(passage: Passage | None, on: date) -> None:
    """Refuse to judge a case under a version that no longer governs it: it has to move first."""
    if passage is not None and is_governed_by_newer(passage, on):
        raise Conflict("case_must_move", rule="SCH-5", version=passage.to.label)


def ensure_may_move(passage: Passage | None, wanted: UUID, on: date) -> Passage:
    """Return the passage that a case takes; refuse one that no rule foresees, or not yet."""
    if passage is None or passage.open_cases is OpenCases.FINISH or passage.to.id != wanted:
        raise Conflict("version_move_not_foreseen", rule="SCH-5")
    if not is_governed_by_newer(passage, on):
        raise Conflict("version_move_too_early", rule="SCH-5", earliest=passage.due_on)
    return passage


def asked_anew(older: Package, newer: Package, level: int) -> tuple[Requirement, ...]:
    """Return what the newer version asks for a level that the older did not ask, or asked otherwise."""
    before = {item.demand for item in requirements_for(older, level)}
    return tuple(item for item in requirements_for(newer, level) if item.demand not in before)


def at_recertification(package: Package, *, is_changed: bool, level: int | None = None) -> tuple[str, ...]:
    """Return the components that recertification takes; some only where the scheme has changed (9.6)."""
    return tuple(
        part["code"]
        for part in package["recertification"]["components"]
        if (level is None or level in part["levels"]) and (is_changed or part["when"] == "always")
    )


def _about(label: str, published: Iterable[Version]) -> Sequence[Passage]:
    """Return all passages from a version, in the order of the versions."""
    return [
        passage
        for version in published
        for passage in passages(version)
        if passage.from_version == label != version.label
    ]


def _passage(version: Version, rule: Mapping[str, Any]) -> Passage:
    months = rule.get("deadline_months")
    return Passage(
        from_version=rule["from_version"],
        to=version,
        open_cases=OpenCases(rule["open_cases"]),
        applications_until=add_months(version.published_on, rule["applications_months"]),
        deadline=None if months is None else add_months(version.published_on, months),
        extra_assessment=tuple(rule.get("extra_assessment", ())),
        text=rule["text"],
    )

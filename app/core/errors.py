"""The errors that may cross a function boundary on purpose; pure, they know no HTTP and no language.

Each carries a stable `code` (the key of its sentence in the text catalogue) and the `facts` that sentence
names.
"""

from collections.abc import Callable, Mapping
from typing import Any


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the service
    """A rule refuses; `code` says which sentence, `facts` fill it, `pointer` names the place in the input."""

    is_recorded = False
    """Whether the attempt itself is an event, recorded after the refused work was rolled back."""
    aftermath: Callable[[Any], object] | None = None
    """A use case to run in a small work of its own after the refused one was rolled back."""

    def __init__(self, code: str, *, pointer: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.pointer = pointer
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {dict(self.facts)}" if self.facts else self.code


class Conflict(Refusal):
    """The present state of things does not allow the act."""


class MoveRefused(Conflict):
    """A state machine has no such move from the present state."""


class NotEligible(Conflict):
    """A requirement is not met."""


class NotImpartial(Conflict):
    """An earlier act or relation bars the person; the refusal names it."""

    is_recorded = True


class Invalid(Refusal):
    """The input is well formed but its content is refused."""


class Forbidden(Refusal):
    """The caller's role does not allow the act."""

    is_recorded = True


class NotFound(Refusal):
    """There is no such thing, or it is not the caller's to see."""

    def __init__(self, what: str) -> None:
        super().__init__("not_found", what=what)


class Stale(Refusal):
    """The caller changed an older version than the present one; `current` is the present representation."""

    def __init__(self, current: object) -> None:
        super().__init__("stale")
        self.current = current


class PreconditionMissing(Refusal):
    """The operation demands `If-Match` and the caller sent none."""


class Unauthenticated(Refusal):
    """The caller is not known, or the credentials no longer hold."""


class Malformed(Refusal):
    """The request cannot be read at all."""


class MethodRefused(Refusal):
    """The path exists, but not for this method."""


class WrongMediaType(Refusal):
    """The body is of a kind that the operation does not take."""


class TooLarge(Refusal):
    """The input is larger than the service accepts."""


class TooMany(Refusal):
    """The caller has tried too often; `retry_after` seconds are to be waited."""


class Unavailable(Refusal):
    """The service cannot answer just now; trying again later is right."""


MOST_FINDINGS = 10_000
"""As many as the longest import has rows, so that every bad row of it is named."""


class Findings(Refusal):
    """Input was judged as a whole and each fault found is named with its pointer, up to a great many."""

    def __init__(self, code: str, findings: tuple[tuple[str, str, str], ...], **facts: object) -> None:
        super().__init__(code, pointer=None, **facts)
        more = len(findings) - MOST_FINDINGS
        told = (("", "more", f"{more} more faults are not listed."),) if more > 0 else ()
        self.findings = findings[:MOST_FINDINGS] + told
        """(pointer, code, message) of each fault, in document order."""

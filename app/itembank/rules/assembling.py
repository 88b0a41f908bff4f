"""The life of an assembly: asked for, and answered once."""

from enum import StrEnum


class AssemblyState(StrEnum):
    """Where an assembly stands."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    """No form obeys the rules, or none was found."""

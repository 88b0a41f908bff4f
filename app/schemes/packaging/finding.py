"""What a check has to say about a scheme package, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: `pointer` (RFC 6901) says where, `code` which rule it breaks, `message` how."""

    pointer: str
    code: str
    message: str


def pointer_to(*steps: str | int) -> str:
    """Build a JSON pointer from member names and places in lists."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)

"""What a check has to say about a scheme package, and where."""

import re
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


def leads_to(document: object, pointer: str) -> bool:
    """Tell whether a JSON pointer leads to something in a document."""
    if not pointer:
        return True
    if not pointer.startswith("/") or re.search("~(?![01])", pointer):
        return False
    for step in pointer[1:].split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(document, dict) and name in document:
            document = document[name]
        elif isinstance(document, list) and _PLACE.fullmatch(name) and int(name) < len(document):
            document = document[int(name)]
        else:
            return False
    return True


_PLACE = re.compile("0|[1-9][0-9]{0,8}")

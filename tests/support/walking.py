"""Walk every GET of the contract as somebody, with every value that may stand in each place of a path."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from tests.support.examples import request_of

NOBODY = str(UUID(int=1))


def every_get(
    client: TestClient, headers: Mapping[str, str], values: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, Any]]:
    """Yield (operation id, path, answer) of every GET.

    A place without values gets an id that nothing has; a query that is required, its example.
    """
    document = client.get("/openapi.json").json()
    for template, operations in sorted(document["paths"].items()):
        if "get" not in operations:
            continue
        asked = request_of(document, operations["get"])
        places = re.findall(r"\{(\w+)\}", template)
        for chosen in itertools.product(*(values.get(place, [NOBODY]) for place in places)):
            path = template.format(**dict(zip(places, chosen, strict=True)))
            yield operations["get"]["operationId"], path, client.get(path, headers=dict(headers), **asked)

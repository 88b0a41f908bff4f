"""What the page of the API shows, read from its contract; it says nothing that the contract does not say."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Parameter:
    """One value in the path, the query or the headers."""

    place: str
    name: str
    is_required: bool
    says: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked of the service."""

    name: str
    method: str
    path: str
    says: str
    needs_token: bool
    parameters: tuple[Parameter, ...]
    takes: str | None
    """An example of what is sent, as JSON."""
    gives: str
    refusals: tuple[str, ...]


def features(document: Node) -> dict[str, list[Operation]]:
    """Return the operations of a contract by feature, in the contract's order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            found.setdefault(told["tags"][0], []).append(_operation(document, method, path, told))
    return found


def _operation(document: Node, method: str, path: str, told: Node) -> Operation:
    statuses = told["responses"]
    good = next(status for status in statuses if status.startswith("2"))
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        says=told["description"],
        needs_token=bool(told.get("security")),
        parameters=tuple(map(_parameter, told.get("parameters", ()))),
        takes=_taken(document, told),
        gives=" ".join([good, *_schemas(statuses[good])]),
        refusals=tuple(status for status in statuses if not status.startswith("2")),
    )


def _parameter(told: Node) -> Parameter:
    return Parameter(told["in"], told["name"], bool(told.get("required")), told.get("description", ""))


def _taken(document: Node, told: Node) -> str | None:
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        if kind != "application/json":
            return str(kind)
        return json.dumps(_example(document, content["schema"]), indent=2, ensure_ascii=False)
    return None


def _schemas(answer: Node) -> Iterator[str]:
    for kind, content in answer.get("content", {}).items():
        yield str(content.get("schema", {}).get("$ref", kind)).rsplit("/", 1)[-1]


def _example(document: Node, schema: Node) -> object:
    """Put together the shortest example that is taken, from those that stand beside the fields."""
    if "$ref" in schema:
        return _example(document, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]])
    if schema.get("examples"):
        return schema["examples"][0]
    for one_of in ("const", "enum", "oneOf", "anyOf"):
        if one_of in schema:
            found = schema[one_of]
            return found if one_of == "const" else _first(document, found)
    if schema.get("type") == "array":
        return [_example(document, schema["items"])]
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        needed = schema.get("required", ())
        return {name: _example(document, field) for name, field in fields.items() if name in needed}
    return schema.get("type")


def _first(document: Node, found: Any) -> object:
    return _example(document, found[0]) if isinstance(found[0], dict) else found[0]

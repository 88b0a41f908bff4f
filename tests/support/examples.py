"""Examples out of the contract: one request for any operation, built from what the contract itself shows."""

from collections.abc import Iterator, Mapping
from typing import Any

UNKNOWN = "01890000-0000-7000-8000-00000000dead"
Document = Mapping[str, Any]


class NoExample(AssertionError):  # noqa: N818 - named for what is wrong
    """A required input has no example in the contract."""


def operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield method, path and operation of the whole contract, sorted by path."""
    for path, methods in sorted(document["paths"].items()):
        for method, operation in methods.items():
            yield method.upper(), path, operation


def request_of(document: Document, operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return an example request, its body and required query, as arguments of the test client."""
    wanted = {
        parameter["name"]: example_of(document, parameter["schema"], operation["operationId"])
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query" and parameter["required"]
    }
    return {"params": wanted, **_body_of(document, operation)} if wanted else _body_of(document, operation)


def _body_of(document: Document, operation: Mapping[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    for kind, media in content.items():
        value = example_of(document, media["schema"], operation["operationId"])
        if kind == "application/json":
            return {"json": value}
        files = {name: part for name, part in value.items() if isinstance(part, bytes)}
        plain = {name: part for name, part in value.items() if name not in files}
        return {"files": {name: (f"{name}.txt", part) for name, part in files.items()}, "data": plain}
    return {}


def example_of(document: Document, schema: Mapping[str, Any], place: str) -> Any:
    """Return the example that a schema shows; raise NoExample naming the place that shows none."""
    for shown in _shown(schema):
        return shown
    for inner in _led_to(document, schema):
        return example_of(document, inner, place)
    if "properties" in schema:
        return _object(document, schema, place)
    raise NoExample(place)


def _shown(schema: Mapping[str, Any]) -> Iterator[Any]:
    """What stands at the place itself."""
    is_file = schema.get("format") == "binary"
    yield from (shown.encode() if is_file else shown for shown in schema.get("examples", ()))
    yield from (schema[word] for word in ("example", "const", "default") if word in schema)
    yield from schema.get("enum", ())
    if is_file:
        yield b"an example"


def _led_to(document: Document, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Where the place refers to; the first of several choices."""
    if "$ref" in schema:
        yield document["components"]["schemas"][schema["$ref"].split("/")[-1]]
    for word in ("oneOf", "anyOf", "allOf"):
        yield from schema.get(word, ())


def _object(document: Document, schema: Mapping[str, Any], place: str) -> dict[str, Any]:
    required = set(schema.get("required", ()))
    return {
        name: example_of(document, inner, f"{place}/{name}")
        for name, inner in schema["properties"].items()
        if name in required or "examples" in inner
    }

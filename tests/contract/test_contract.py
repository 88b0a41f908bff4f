"""The contract: committed, complete, and with examples that work."""

import re

import pytest

from tests.support.contract import COMMITTED, contract_document, contract_text
from tests.support.examples import operations, request_of

DOCUMENT = contract_document()
OPERATIONS = [pytest.param(*found, id=found[2]["operationId"]) for found in operations(DOCUMENT)]


def test_the_committed_contract_is_what_the_service_tells() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == contract_text(), (
        "run `make openapi` and read the difference"
    )


def test_no_two_schemas_bear_one_name() -> None:
    """Two of one name get long ones made of their modules, and clients drop what refers to them."""
    assert [name for name in DOCUMENT["components"]["schemas"] if "__" in name] == []


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, _, operation in operations(DOCUMENT)]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_an_operation_is_named_described_and_filed(method: str, path: str, operation: dict) -> None:
    assert operation["summary"]
    assert operation.get("description", "").strip().endswith(".")
    assert len(operation["tags"]) == 1
    assert re.fullmatch(rf"{operation['tags'][0].replace('-', '_')}_[a-z_]+", operation["operationId"])


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_an_operation_declares_its_problems(method: str, path: str, operation: dict) -> None:
    declared = set(operation["responses"])
    wanted = {"422", "503"} | ({"401", "403"} if path.startswith("/v1/") else set())
    wanted |= {"404"} if "{" in path else set()
    wanted |= {"412"} if "428" in declared else set()

    assert wanted <= declared
    for status in (status for status in declared if status >= "400"):
        assert set(operation["responses"][status]["content"]) == {"application/problem+json"}, status


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_an_operation_shows_an_example(method: str, path: str, operation: dict) -> None:
    body = request_of(DOCUMENT, operation)

    assert bool(body.keys() - {"params"}) == ("requestBody" in operation)


@pytest.mark.parametrize("name", sorted(DOCUMENT["components"]["schemas"]))
def test_what_is_told_is_always_told_whole(name: str) -> None:
    schema = DOCUMENT["components"]["schemas"][name]
    if name.endswith(("Read", "List")) or name.startswith("Page_"):
        assert set(schema["required"]) == set(schema["properties"])

"""What the import contracts cannot say: the house rules that hold for the text of every module."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(file for part in ("app", "skillcard", "assessments") for file in (ROOT / part).rglob("*.py"))
EVERY = [*FILES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
DATABASE = {"app/work.py", "app/core/database.py"}
ASYNC = {"app/main.py", "app/edge.py", "app/register/hot.py"}
OFFLINE = {"app/log/offline/mentorcert_verify.py"}
DOORS = {"read", "write", "disclose"}
CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


def at(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def is_of(layer: str, file: Path) -> bool:
    """Whether a module belongs to a layer of its feature: `routes.py`, or within the package `routes`."""
    return layer in {file.stem, file.parent.name}


def nodes(file: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def called(node: ast.AST) -> str:
    """The last name of what is called, or nothing."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", None) or getattr(node.func, "id", "")


def offenders(is_fault, *, but: set[str] = frozenset(), files: list[Path] = FILES) -> list[str]:
    return [
        f"{at(file)}:{node.lineno}"
        for file in files
        if at(file) not in but
        for node in nodes(file)
        if is_fault(node)
    ]


def test_only_the_work_opens_and_ends_transactions() -> None:
    assert offenders(lambda node: called(node) in {"commit", "rollback", "Session"}, but=DATABASE) == []


def test_questions_to_the_database_are_asked_in_queries_only() -> None:
    homes = {at(file) for file in FILES if is_of("queries", file)}

    assert offenders(lambda node: called(node) == "select", but=homes) == []


def test_only_the_clock_reads_the_clock() -> None:
    def reads(node: ast.AST) -> bool:
        func = getattr(node, "func", None)
        owner = getattr(func, "value", None)
        name = getattr(owner, "attr", None) or getattr(owner, "id", None)
        return (name, getattr(func, "attr", None)) in CLOCK

    assert offenders(reads, but={"app/core/clock.py"}) == []


def test_refusals_are_our_own_and_never_the_frameworks() -> None:
    assert offenders(lambda node: called(node) == "HTTPException") == []


def test_code_is_synchronous_but_at_the_edge() -> None:
    assert offenders(lambda node: isinstance(node, ast.AsyncFunctionDef), but=ASYNC) == []


def test_every_edge_function_makes_exactly_one_call() -> None:
    faults = []
    for file in FILES:
        if not (is_of("routes", file) or is_of("jobs", file)) or at(file).startswith("app/jobs/"):
            continue
        for function in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                calls = [node for node in ast.walk(function) if called(node) in DOORS]
                faults += [f"{at(file)}:{function.name}"] if len(calls) != 1 else []

    assert faults == []


def test_a_foreign_features_tables_are_used_in_ones_own_queries_only() -> None:
    """A row's type may be named in an annotation; that asks the database nothing."""
    shared = {
        "access",
        "audit",
        "tables.py",
    }  # the ground floor, whose rows are everybody's, and the whole schema
    faults = []
    for file in (file for file in FILES if not is_of("queries", file) and at(file) != "app/tables.py"):
        used = _used(file)
        for node in nodes(file):
            found = isinstance(node, ast.ImportFrom) and re.match(
                r"app\.(\w+)(?:\.(\w+))?$", node.module or ""
            )
            if not found or found[1] in shared | {at(file).split("/")[1]}:
                continue
            for name in (name.asname or name.name for name in node.names):
                reaches = found[2] == "queries" or name in {"tables", "queries"}
                faults += (
                    [f"{at(file)}: {name}"] if reaches or (found[2] == "tables" and name in used) else []
                )

    assert faults == []


def _used(file: Path) -> set[str]:
    """Names that a module uses for more than an annotation."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    notes = [getattr(node, part, None) for node in ast.walk(tree) for part in ("annotation", "returns")]
    spared = {id(inner) for note in notes if note for inner in ast.walk(note)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in spared}


@pytest.mark.parametrize("file", EVERY, ids=at)
def test_files_and_functions_stay_small(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    functions = [node for node in nodes(file) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if node.end_lineno - node.lineno >= 40]

    assert (lines <= 400, long) == (True, [])


def test_the_offline_verifier_stands_alone() -> None:
    for file in FILES:
        parts = {part for node in nodes(file) for part in _imported(node)}
        if at(file) in OFFLINE:
            assert {part.split(".")[0] for part in parts} <= sys.stdlib_module_names | {""}
        assert not any(part.startswith("app.log.offline") for part in parts), at(file)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{name.name}" for name in node.names)]
    return [name.name for name in node.names] if isinstance(node, ast.Import) else []


def test_exceptions_to_a_tool_name_their_rule_and_reason() -> None:
    sound = r"(: [A-Z]+\d+(, [A-Z]+\d+)* - |\[[a-z-]+\] # |: no cover - )"
    bare = re.compile(rf"[#] (noqa|type: ignore|pragma)(?!{sound})")

    assert [at(file) for file in EVERY if bare.search(file.read_text(encoding="utf-8"))] == []

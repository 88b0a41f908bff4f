"""From a folder of YAML files to one document of plain JSON values."""

import re
from collections.abc import Hashable
from pathlib import Path

import yaml


class PackageError(ValueError):
    """A folder that cannot be read as one package; `file` says which part, `message` why."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file
        self.message = message


class _JsonLoader(yaml.SafeLoader):
    """YAML that means what JSON means: no dates, no fractions, `no` is a language and not a refusal.

    Fractions stay text because a binary fraction would already have lost the value that was written.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        mapping: dict[Hashable, object] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=deep)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(None, None, "a key must be text", key_node.start_mark)
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} occurs twice", key_node.start_mark
                )
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


_PLAIN = {
    "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:merge",
    "tag:yaml.org,2002:bool",
}
_JsonLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_JsonLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def read_package(folder: Path) -> dict[str, object]:
    """Merge the files of a package into one document (SCH-1).

    Every `*.yaml` file adds its top-level members; a sub-folder `x/` becomes the list `x`, one entry for each
    file in the order of their names. The folder `forms/` lies beside the package, not in it: the package is
    public, items and keys are not. Raises `PackageError` when there is nothing to read, a file is not a
    mapping, or a member occurs twice.
    """
    document: dict[str, object] = {}
    for file in sorted(folder.glob("*.yaml")):
        for member, value in _read(file, folder).items():
            _add(document, member, value, file.name)
    for inner in sorted(path for path in folder.glob("*") if path.is_dir() and path.name != "forms"):
        _add(document, inner.name, [_read(file, folder) for file in _by_number(inner)], inner.name)
    if not document:
        raise PackageError(folder.name, "holds no package")
    return document


def _add(document: dict[str, object], member: str, value: object, file: str) -> None:
    if member in document:
        raise PackageError(file, f"the member {member!r} occurs in another file too")
    document[member] = value


def _by_number(folder: Path) -> list[Path]:
    """Sort files as people count: U2 before U10."""
    return sorted(folder.glob("*.yaml"), key=lambda file: (len(file.stem), file.stem))


def _read(file: Path, folder: Path) -> dict[str, object]:
    name = file.relative_to(folder).as_posix()
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_JsonLoader)  # noqa: S506 - a SafeLoader with fewer types
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise PackageError(name, " ".join(str(fault).split())) from fault
    if not isinstance(content, dict):
        raise PackageError(name, "must be a mapping")
    return content

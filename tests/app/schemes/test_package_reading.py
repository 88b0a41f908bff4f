"""Reading a package from its folder."""

from pathlib import Path

import pytest

from app.schemes.packaging import PackageError, read_package
from app.schemes.packaging.finding import pointer_to


def a_folder(at: Path, **files: str) -> Path:
    """A package folder; `units__U1` becomes `units/U1.yaml`."""
    for name, content in files.items():
        file = at / (name.replace("__", "/") + ".yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return at


def test_files_and_folders_are_merged_into_one_document(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path, scheme="scheme: {code: X}", rest="fees: []", units__U10="n: 10", units__U2="n: 2"
    )

    assert read_package(folder) == {"scheme": {"code": "X"}, "fees": [], "units": [{"n": 2}, {"n": 10}]}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-22", "2026-11-22"),
        ("-0.5", "-0.5"),
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("false", False),
        ("12", 12),
        ("'12'", "12"),
        ("[a, {b: c}]", ["a", {"b": "c"}]),
    ],
)
def test_a_value_means_what_it_says(tmp_path: Path, written: str, meant: object) -> None:
    assert read_package(a_folder(tmp_path, one=f"value: {written}")) == {"value": meant}


def test_a_language_called_no_stays_a_language(tmp_path: Path) -> None:
    assert read_package(a_folder(tmp_path, one="title: {no: Norsk}")) == {"title": {"no": "Norsk"}}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("- a list", "must be a mapping"),
        ("1: one", "a key must be text"),
        ("a: 1\na: 2", "occurs twice"),
        ("a: {b: 1, b: 2}", "occurs twice"),
        ("a: [", "while parsing"),
        ("a: !!python/object:os.system x", "could not determine a constructor"),
        ("a: \udcff", "utf-8"),
    ],
)
def test_a_file_that_is_not_plain_is_refused_by_name(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "bad.yaml").write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(PackageError, match=reason) as refusal:
        read_package(tmp_path)

    assert refusal.value.file == "bad.yaml"


def test_a_member_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="another file"):
        read_package(a_folder(tmp_path, one="fees: []", two="fees: []"))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no package"):
        read_package(tmp_path)


def test_a_pointer_escapes_what_rfc_6901_asks_for() -> None:
    assert pointer_to("a/b", "c~d", 3) == "/a~1b/c~0d/3"

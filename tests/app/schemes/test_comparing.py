"""The difference between two versions, as a person reads it."""

from copy import deepcopy
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.schemes.comparing import Change, ChangeKind, changes
from tests.factories.packages import a_package, drop, put
from tests.factories.versions import a_rule
from tests.support.world import World


def test_equal_packages_do_not_differ() -> None:
    assert changes(a_package(), a_package()) == ()


def test_a_changed_threshold_is_found_under_the_requirements_own_name() -> None:
    place = next(
        index for index, item in enumerate(a_package()["requirements"]["items"]) if item["id"] == "R-hours"
    )

    found = changes(a_package(), a_package(put(f"requirements/items/{place}/thresholds/3", "60")))

    assert found == (
        Change(("requirements", "items", "R-hours", "thresholds", "3"), ChangeKind.CHANGED, "50", "60"),
    )


def test_a_removed_element_is_one_change_and_shown_whole() -> None:
    gone = a_package()["units"][0]["elements"][0]

    assert changes(a_package(), a_package(drop("units/0/elements/0"))) == (
        Change(("units", "SME-BM/U1", "elements", "SME-BM/U1.1"), ChangeKind.REMOVED, gone, None),
    )


def test_an_added_element_leaves_those_behind_it_unchanged() -> None:
    fewer = a_package(drop("units/0/elements/0"))

    [change] = [one for one in changes(fewer, a_package()) if one.kind is not ChangeKind.REORDERED]

    assert (change.kind, change.place[-1]) == (ChangeKind.ADDED, "SME-BM/U1.1")


def test_another_order_is_told_as_such() -> None:
    turned = a_package()
    turned["units"].reverse()

    [change] = changes(a_package(), turned)

    assert (change.place, change.kind) == (("units",), ChangeKind.REORDERED)
    assert list(change.after) == list(reversed(list(change.before)))


def test_true_is_not_one() -> None:
    assert changes({"critical": True}, {"critical": 1}) != ()
    assert changes({"critical": [True]}, {"critical": [1]}) != ()


NAMES = st.sampled_from(["a", "b", "c"])
LEAVES = st.integers(0, 2) | st.booleans() | st.text("xy", max_size=2) | st.none()
THINGS = st.lists(NAMES, unique=True).flatmap(
    lambda names: st.tuples(*[st.fixed_dictionaries({"code": st.just(name), "v": LEAVES}) for name in names])
)
DOCUMENTS = st.dictionaries(
    NAMES, st.recursive(LEAVES | THINGS.map(list), lambda inner: st.dictionaries(NAMES, inner, max_size=3))
)


@given(DOCUMENTS, DOCUMENTS)
def test_the_changes_are_all_there_is(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert (changes(before, after) == ()) == (_exact(before) == _exact(after))
    assert _applied(deepcopy(before), changes(before, after)) == _by_name(after)


def _exact(value: Any) -> Any:
    """The value with its types, since Python takes True for 1."""
    if isinstance(value, dict):
        return {key: _exact(inner) for key, inner in value.items()}
    return [_exact(inner) for inner in value] if isinstance(value, list) else (type(value), value)


def _by_name(value: Any) -> Any:
    """Lists of named things by their names: the form in which changes are told."""
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return {one["code"]: _by_name(one) for one in value}
    return {key: _by_name(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _applied(document: Any, found: tuple[Change, ...]) -> Any:
    made = _by_name(document)
    for change in found:
        if change.kind is ChangeKind.REORDERED:
            continue
        holder = made
        for step in change.place[:-1]:
            holder = holder[step]
        if change.kind is ChangeKind.REMOVED:
            del holder[change.place[-1]]
        else:
            holder[change.place[-1]] = _by_name(change.after)
    return made


def a_second_version(client: TestClient, world: World) -> str:
    """Draft a version 1.1 with another title."""
    manager = world.alpha["scheme_manager"].headers
    scheme_id = client.get("/v1/schemes", headers=manager).json()["items"][0]["id"]
    package = a_package(
        put("scheme/version", "1.1"),
        put("scheme/title/en", "Mentor of SMEs"),
        put("transition/rules", [a_rule("finish")]),
    )
    drafted = client.post(f"/v1/schemes/{scheme_id}/versions", json={"package": package}, headers=manager)
    assert drafted.status_code == 201, drafted.text
    return str(drafted.json()["id"])


def test_two_versions_are_compared_and_the_change_log_is_public(
    client: TestClient, world: World, version_id: UUID
) -> None:
    manager = world.alpha["scheme_manager"].headers
    second = f"/v1/scheme-versions/{a_second_version(client, world)}"
    log = "/public/v1/bodies/alpha/schemes/SME-BM/changes"

    compared = client.get(f"{second}/changes", params={"since": str(version_id)}, headers=manager).json()
    unpublished = client.get(log).json()["items"]
    assert client.post(f"{second}/publication", headers=manager | {"If-Match": '"1"'}).status_code == 200
    published = client.get(log).json()["items"]

    assert {tuple(one["place"]) for one in compared["changes"]} == {
        ("scheme", "version"),
        ("scheme", "title", "en"),
        ("transition", "rules"),
    }
    assert [one["version"] for one in unpublished] == ["1.0"]
    assert [(one["version"], one["since"], len(one["changes"])) for one in published] == [
        ("1.1", "1.0", 3),
        ("1.0", None, 0),
    ]
    assert published[0]["changes"] == compared["changes"]


def test_versions_of_two_schemes_are_not_compared(client: TestClient, world: World, version_id: UUID) -> None:
    manager = world.alpha["scheme_manager"].headers
    other = client.post("/v1/schemes", json={"code": "OTHER", "titles": {"en": "Other"}}, headers=manager)
    package = {"package": a_package(put("scheme/code", "OTHER"))}
    drafted = client.post(f"/v1/schemes/{other.json()['id']}/versions", json=package, headers=manager)

    answer = client.get(
        f"/v1/scheme-versions/{drafted.json()['id']}/changes",
        params={"since": str(version_id)},
        headers=manager,
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "versions_of_two_schemes")


def test_a_scheme_never_published_has_no_change_log(client: TestClient, world: World) -> None:
    assert client.get("/public/v1/bodies/alpha/schemes/SME-BM/changes").status_code == 404

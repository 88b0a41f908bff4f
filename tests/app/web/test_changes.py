"""The page of the change log names where something changed as a reader would, and loses no change."""

from copy import deepcopy
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.core.messages import PAGE_LANGUAGES
from app.schemes.comparing import changes
from app.web.languages import Reader
from app.web.scheme.changes import ChangeLog, Told
from tests.factories.packages import Fault, a_package, append, drop, put
from tests.factories.versions import a_rule, second
from tests.support.reading import Page
from tests.support.world import World

PATH = "/schemes/alpha/SME-BM/changes"
REQUIREMENT = "Confirmed mentoring hours with SMEs (R-hours)"


def a_version(package: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(
        version=package["scheme"]["version"],
        state="published",
        published_on=date(2026, 3, 2),
        package=package,
    )


def the_log(*faults: Fault, language: str = "en", before: dict[str, Any] | None = None) -> ChangeLog:
    """The log of SME-BM whose version 1.1 has these changes."""
    newer = a_package(put("scheme/version", "1.1"), *faults)
    return ChangeLog((a_version(before or a_package()), a_version(newer)), Reader(language))


def told(log: ChangeLog) -> list[tuple[str, Told]]:
    """Every change of the newest version but its number, with the part it lies in."""
    newest = next(log.editions())
    found = [(str(part), one) for part, listed in newest.parts for one in listed]
    return [pair for pair in found if pair[1].change.place != ("scheme", "version")]


THEN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


def place(one: Told) -> list[str]:
    return Page(str(one.place)).text.split(THEN)


ETHICS = "Ethics and professional conduct (SME-BM/U1)"
SECRETS = "Confidentiality and safe handling of the SME's information (SME-BM/U1.1)"
JUNIOR = "Certified SME Business Mentor \N{EN DASH} Junior"
DECLINE = {"code": "decline", "title": {"en": "Decline"}}
COMPLETION = {"rule": "completion"}
KNOWLEDGE = "Knowledge and situations test (F1)"


@pytest.mark.parametrize(
    ("fault", "part", "where", "kind"),
    [
        (
            put("requirements/items/2/thresholds/3", "60"),
            "Requirements",
            [REQUIREMENT, "At least", "Level 3"],
            "changed",
        ),
        (
            put("levels/items/2/serves/growth", "with_lead"),
            "Levels",
            [JUNIOR, "May mentor firms", "Growth"],
            "changed",
        ),
        (put("scheme/title/it", "Mentor"), "The scheme", ["Title", "Italian"], "changed"),
        (drop("fees/items/4"), "Fees", ["Sector endorsement"], "removed"),
        (append("phases", DECLINE), "Growth phases", ["Decline"], "added"),
        (
            put("assessment/components/6/pass", COMPLETION),
            "Assessment",
            ["Components", KNOWLEDGE, "Passing rule", "Rule"],
            "changed",
        ),
        (
            put("coverage/0/rating_from", "F2"),
            "What is measured where",
            [SECRETS, "Rating in the profile from"],
            "changed",
        ),
        (
            put("units/0/elements/0/descriptors/3/en", "Other."),
            "The skill card",
            [ETHICS, "Elements", SECRETS, "Descriptors", "Level 3", "English"],
            "changed",
        ),
        (put("scheme/foreign", 1), "The scheme", ["foreign"], "added"),
        (drop("scheme/licence"), "The scheme", ["Licence"], "removed"),
        (drop("conduct"), "Code of conduct", ["Code of conduct"], "removed"),
    ],
)
def test_a_place_is_named_as_a_reader_would(fault: Fault, part: str, where: list[str], kind: str) -> None:
    [(found, one)] = told(the_log(fault))

    assert (found, place(one), one.kind) == (part, where, kind)


def test_another_order_is_told_by_titles() -> None:
    turned = a_package()["phases"][::-1]

    [(part, one)] = told(the_log(put("phases", turned), language="fr"))

    assert (part, one.kind) == ("Phases de croissance", "reordered")
    assert list(one.order) == ["Croissance", "Transition", "Démarrage"]


@pytest.mark.parametrize(
    ("value", "member", "parent", "said"),
    [
        (True, "critical", "", "yes"),
        ("50", "3", "thresholds", "50"),
        ("-0.5", "mean_offset", "pass", "-0.5"),
        ("1.10", "version", "scheme", "1.10"),
        ("with_lead", "growth", "serves", "with a lead mentor"),
        ("written_test", "method", "", "Written test"),
        ("F2", "rating_from", "", "Observed mentoring session (F2)"),
        ("SME-BM/U1.2", "elements", "", "Boundaries and conflicts of interest (SME-BM/U1.2)"),
        ("R-smes", "checks_requirements", "", "Different SMEs mentored (R-smes)"),
        ("<b>", "name", "", "&lt;b&gt;"),
    ],
)
def test_a_value_is_written_by_its_meaning(value: object, member: str, parent: str, said: str) -> None:
    assert the_log().scalar(value, member, parent) == said


def test_a_long_wording_is_folded_and_a_short_one_is_not() -> None:
    [(_, short)] = told(the_log(put("scheme/title/en", "Mentor")))
    [(_, long)] = told(the_log(put("scope/text/en", "Word " * 40 + "end.")))

    assert (short.is_long, short.language) == (False, "en")
    assert (long.is_long, long.language) == (True, "en")


def test_every_change_is_told_once() -> None:
    other = deepcopy(a_package())
    other["units"] = other["units"][2:]
    other["requirements"]["items"].reverse()
    other["levels"]["counting"] = {"which": "best"}

    log = the_log(before=other)

    found = [one.change for _, one in told(log)]
    expected = [one for one in changes(other, log.newest) if one.place != ("scheme", "version")]
    assert sorted(map(str, found)) == sorted(map(str, expected))
    assert next(log.editions()).count == len(expected) + 1


PATIENCE = {
    "code": "patience",
    "title": {"en": "Patience", "es": "Paciencia"},
    "text": {"en": "I wait.", "es": "Espero."},
}


def publish(client: TestClient, world: World, package: dict[str, Any]) -> None:
    manager = world.alpha["scheme_manager"].headers
    scheme_id = client.get("/v1/schemes", headers=manager).json()["items"][0]["id"]
    drafted = client.post(f"/v1/schemes/{scheme_id}/versions", json={"package": package}, headers=manager)
    url = f"/v1/scheme-versions/{drafted.json()['id']}/publication"
    assert client.post(url, headers=manager | {"If-Match": '"1"'}).status_code == 200


def test_the_page_tells_versions_newest_first_in_every_language(
    client: TestClient, world: World, version_id: UUID
) -> None:
    turned = a_package()["phases"][::-1]
    publish(
        client,
        world,
        second(
            put("scheme/title/en", "Mentor of SMEs"),
            put("requirements/items/2/thresholds/3", "60"),
            put("scope/limits/en", "Another wording. " * 12 + "End."),
            put("phases", turned),
            drop("fees/items/4"),
            append("conduct/duties", PATIENCE),
            rule=a_rule("finish"),
        ),
    )

    for language in PAGE_LANGUAGES:
        answer = client.get(f"{PATH}?lang={language}")
        page = Page(answer.text)
        assert answer.status_code == 200
        assert (page.language, page.is_balanced, page.foreign) == (language, True, [])
        assert (page.levels.count(1), page.skips_a_heading) == (1, False)
        assert page.ids.index("v1.1") < page.ids.index("v1.0")
        assert "Mentor of SMEs" in page.in_language("en")
        assert answer.text.count('class="changed"') == 5  # the four, and the rule about version 1.0
        assert [answer.text.count(f'class="{kind}"') for kind in ("added", "removed", "reordered")] == [
            1,
            1,
            1,
        ]
        assert answer.text.count("<details>") == 5
        assert "{" not in page.text


def test_the_sentences_say_from_what_to_what(client: TestClient, world: World, version_id: UUID) -> None:
    publish(client, world, second(put("requirements/items/2/thresholds/3", "60"), rule=a_rule("finish")))

    text = Page(client.get(PATH).text).text

    assert f"{THEN.join((REQUIREMENT, 'At least', 'Level 3'))} Changed from “50” to “60”." in text
    assert "Changes since version 1.0: 3." in text
    assert "The first version." in text
    assert "SME-BM · version 1.1" in Page(client.get("/schemes/alpha").text).text

"""Milestone badges: public thanks that the mentee's word has earned, and plainly no certificate."""

import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import Conflict, MoveRefused
from app.core.messages import LOCALES
from app.practice.picture import Badge, badge_texts, picture
from app.practice.rules import BadgeState, Milestone, MilestoneState, ensure_earned, revoked
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import OWN, a_link, a_milestone, an_engagement, at_once
from tests.support.counting import events, rows
from tests.support.world import Member, World

SVG = "{http://www.w3.org/2000/svg}"
ANYBODY = "/public/v1/bodies/alpha/badges"


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor: Member) -> dict[str, Any]:
    """One milestone confirmed by the mentee, the next one noted only."""
    made = an_engagement(client, mentor)
    note(client, mentor, made, "first_advice", 1)
    client.post(a_link(client, mentor, made["id"]), json={})
    rev = client.get(f"{OWN}/engagements/{made['id']}", headers=mentor.headers).json()["rev"]
    note(client, mentor, made, "network_success", rev)
    return made


def note(client: TestClient, mentor: Member, engagement: dict[str, Any], kind: str, rev: int) -> None:
    answer = client.post(
        f"{OWN}/engagements/{engagement['id']}/milestones",
        json=a_milestone(kind),
        headers=mentor.headers | {"If-Match": f'"{rev}"'},
    )
    assert answer.status_code == 200, answer.text


def award(client: TestClient, member: Member, engagement: dict[str, Any], **changes: object) -> Any:
    return client.post(
        f"{OWN}/engagements/{engagement['id']}/badges",
        json={"kind": "first_advice", "with_name": True} | changes,
        headers=member.headers,
    )


def revoke(client: TestClient, member: Member, badge: dict[str, Any]) -> Any:
    return client.post(f"{OWN}/badges/{badge['id']}/revocation", headers=member.headers)


class TestRules:
    def test_a_badge_needs_a_milestone_that_the_mentee_confirmed(self) -> None:
        ensure_earned(Milestone.FIRST_ADVICE, MilestoneState.CONFIRMED)
        for state, code in (
            (None, "milestone_not_noted"),
            (MilestoneState.DISPUTED, "milestone_not_confirmed"),
        ):
            with pytest.raises(Conflict, match=code):
                ensure_earned(Milestone.FIRST_ADVICE, state)

    def test_a_badge_is_taken_back_once(self) -> None:
        assert revoked(BadgeState.AWARDED) is BadgeState.REVOKED
        with pytest.raises(MoveRefused):
            revoked(BadgeState.REVOKED)


class TestAwarding:
    def test_anybody_with_the_code_sees_thanks_and_that_it_is_no_certificate(
        self, client: TestClient, mentor: Member, engagement: dict[str, Any]
    ) -> None:
        made = award(client, mentor, engagement)

        shown = client.get(made.json()["path"])

        assert made.status_code == 201, made.text
        assert shown.json() == {
            "what": "milestone_badge",
            "is_certificate": False,
            "statement": dict(badge_texts()["statement"]),
            "code": made.json()["code"],
            "milestone": "first_advice",
            "title": {
                "en": "First major advice put into practice",
                "es": "Primer consejo importante aplicado",
            },
            "mentor_name": "Person of Alpha",
            "body_name": "Alpha Certification",
            "confirmed_by": "mentee",
            "awarded_on": "2026-03-02",
            "picture": f"{ANYBODY}/{made.json()['code']}/picture",
        }
        assert "not a certificate" in shown.json()["statement"]["en"]
        assert "no es un certificado" in shown.json()["statement"]["es"].lower()

    def test_nothing_of_the_firm_and_no_name_that_was_not_wanted_is_shown(
        self, client: TestClient, mentor: Member, engagement: dict[str, Any]
    ) -> None:
        path = award(client, mentor, engagement, with_name=False).json()["path"]

        shown, drawn = client.get(path), client.get(f"{path}/picture")

        assert shown.json()["mentor_name"] is None
        for text in (shown.text, drawn.text):
            hidden = ("livar", "Person of", str(mentor.person_id), engagement["id"], "Seen:")
            assert not any(word in text for word in hidden)

    @pytest.mark.parametrize(
        ("kind", "code"),
        [("network_success", "milestone_not_confirmed"), ("after_plan", "milestone_not_noted")],
    )
    def test_without_the_mentees_word_there_is_none(
        self, client: TestClient, mentor: Member, engagement: dict[str, Any], kind: str, code: str
    ) -> None:
        answer = award(client, mentor, engagement, kind=kind)

        assert (answer.status_code, answer.json()["code"]) == (409, code)

    def test_of_many_wishes_at_once_one_is_granted(
        self, client: TestClient, runtime: Runtime, mentor: Member, engagement: dict[str, Any]
    ) -> None:
        statuses = at_once(lambda: award(client, mentor, engagement), 5)

        assert statuses == [201, 409, 409, 409, 409]
        assert award(client, mentor, engagement).json()["code"] == "badge_stands"
        assert len(events(runtime, "milestone_badge.awarded")) == len(rows(runtime, "practice_badges")) == 1

    def test_a_badge_that_was_taken_back_is_not_there_and_another_has_another_code(
        self, client: TestClient, runtime: Runtime, mentor: Member, engagement: dict[str, Any]
    ) -> None:
        first = award(client, mentor, engagement).json()

        taken_back, again = revoke(client, mentor, first), revoke(client, mentor, first)
        second = award(client, mentor, engagement).json()

        assert (taken_back.json()["state"], taken_back.json()["revoked_on"]) == ("revoked", "2026-03-02")
        assert (again.status_code, again.json()["code"]) == (409, "badge_revoked_already")
        assert client.get(first["path"]).status_code == 404
        assert client.get(f"{first['path']}/picture").status_code == 404
        assert client.get(second["path"]).status_code == 200
        assert first["code"] != second["code"]
        own = client.get(f"{OWN}/badges", headers=mentor.headers).json()["items"]
        assert [badge["state"] for badge in own] == ["revoked", "awarded"]
        assert len(events(runtime, "milestone_badge.revoked")) == 1

    def test_others_neither_make_nor_take_it_and_it_is_found_at_its_own_body_only(
        self, client: TestClient, world: World, mentor: Member, engagement: dict[str, Any]
    ) -> None:
        badge = award(client, mentor, engagement).json()

        for other in (world.alpha["trainer"], world.beta["person"]):
            assert award(client, other, engagement).status_code == 404
            assert revoke(client, other, badge).status_code == 404
        assert client.get(badge["path"].replace("/alpha/", "/beta/")).status_code == 404
        assert client.get(f"{ANYBODY}/{'0' * 20}").status_code == 404


class TestPicture:
    def test_the_picture_says_plainly_what_it_is_in_the_language_asked_for(
        self, client: TestClient, mentor: Member, engagement: dict[str, Any]
    ) -> None:
        path = f"{award(client, mentor, engagement).json()['path']}/picture"

        english, spanish = client.get(path), client.get(path, params={"language": "es"})

        assert english.headers["content-type"] == "image/svg+xml"
        assert english.headers["content-security-policy"].startswith("default-src 'none'")
        for answer, words in (
            (
                english,
                {"MILESTONE BADGE", "Recognition. Not a certificate.", "2 March 2026", "Person of Alpha"},
            ),
            (spanish, {"INSIGNIA DE HITO", "Reconocimiento. No es un certificado.", "2 de marzo de 2026"}),
        ):
            assert words <= set(_texts(answer.text))

    @pytest.mark.parametrize("language", LOCALES)
    @pytest.mark.parametrize("kind", Milestone)
    @pytest.mark.parametrize(
        "name",
        [
            None,
            "Li",
            "ليلى حداد",
            "王小明" * 20,
            "W" * 200,
            "<script>alert('1')</script> & \"Co\" ]]>",
            "Ñ " * 100,
        ],
    )
    def test_whatever_the_name_the_picture_is_whole_and_brings_nothing_along(
        self, kind: Milestone, name: str | None, language: str
    ) -> None:
        drawn = ET.fromstring(picture(Badge(kind, name, 'B & C "GmbH" <x>', date(2026, 3, 2)), language))

        allowed = {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "path", "circle", "rect", "text")}
        assert {node.tag for node in drawn.iter()} <= allowed
        assert not any(
            key.endswith("href") or key.startswith("on") for node in drawn.iter() for key in node.attrib
        )
        _, _, width, height = map(int, drawn.attrib["viewBox"].split())
        tops = [int(node.attrib["y"]) for node in drawn.iter(f"{SVG}text")]
        assert width == 400
        assert tops == sorted(tops)
        assert tops[-1] < height - 62
        if name is not None:
            assert "".join(name.split()) in "".join("".join(_texts(ET.tostring(drawn, "unicode"))).split())

    def test_each_milestone_flags_another_step_and_a_badge_looks_like_no_seal(self) -> None:
        drawn = [
            ET.fromstring(picture(Badge(kind, None, "Body", date(2026, 3, 2)), "en")) for kind in Milestone
        ]

        flags = [
            next(node.attrib["cx"] for node in found.iter(f"{SVG}circle") if node.attrib["r"] == "19")
            for found in drawn
        ]
        assert flags == sorted(set(flags), key=int)


class TestDatabase:
    @pytest.mark.parametrize(
        "change",
        [
            "state = 'awarded', revoked_on = NULL",
            "with_name = NOT with_name",
            "code = 'AAAAAAAAAAAAAAAAAAAA'",
        ],
    )
    def test_a_badge_stays_as_it_was_awarded_and_revoked(
        self,
        client: TestClient,
        runtime: Runtime,
        mentor: Member,
        engagement: dict[str, Any],
        change: str,
    ) -> None:
        badge = award(client, mentor, engagement).json()
        if "revoked_on" in change:
            revoke(client, mentor, badge)

        with raw(runtime) as connection, pytest.raises(sa.exc.DBAPIError) as refusal:
            connection.exec_driver_sql(f"UPDATE practice_badges SET {change}, rev = rev + 1")

        assert refused_by(refusal.value) == "BDG-1"

    def test_nobody_writes_a_badge_that_no_mentee_has_earned(
        self, client: TestClient, runtime: Runtime, mentor: Member, engagement: dict[str, Any]
    ) -> None:
        award(client, mentor, engagement)
        new = "'01890000-0000-7000-8000-00000000beef'"

        with raw(runtime) as connection:
            new = f"{new}::uuid" if connection.dialect.name == "postgresql" else new.replace("-", "")
            told = {"id": new, "rev": "rev + 100", "code": "'A'", "kind": "'network_success'"}
            names = [column["name"] for column in sa.inspect(connection).get_columns("practice_badges")]
            values = ", ".join(told.get(name, name) for name in names)
            with pytest.raises(sa.exc.DBAPIError) as refusal:
                connection.exec_driver_sql(
                    f"INSERT INTO practice_badges SELECT {values} FROM practice_badges"
                )

        assert refused_by(refusal.value) == "BDG-1"


def _texts(drawn: str) -> list[str]:
    return [str(node.text) for node in ET.fromstring(drawn).iter(f"{SVG}text")]

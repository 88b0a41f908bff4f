"""The page of a scheme says all that is asked, in five languages, and costs nothing to who has it already."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from app.core.messages import PAGE_LANGUAGES
from app.practice.rules import SINCE_A_DAY, Measure
from app.schemes.requirements import Kind, requirements_for, upkeep_for
from app.web import pages
from app.web.languages import Reader
from app.web.scheme.asked import Demands
from app.web.scheme.views import SchemeView
from tests.factories.packages import FOLDERS, a_package, drop, packaged, put
from tests.factories.schemes import a_published_version
from tests.support.reading import Page
from tests.support.world import World

PATH = "/schemes/alpha/SME-BM"
DONE_OR_NOT = {Kind.AGREEMENT_ACCEPTED, Kind.COMPONENT_PASSED, Kind.FORMATIVE_COMPLETED}
RECORDS = ("experience", "training", "own_business", "advising", "sme_work")


def evaluated(package: dict[str, Any]) -> list[tuple[str, int, Decimal, Kind]]:
    """All that the engine evaluates, and what upkeep will: id, level, least value, kind."""
    found = []
    for item in package["levels"]["items"]:
        level = item["level"]
        asked = [*requirements_for(package, level), *upkeep_for(package, "surveillance", level)]
        asked += upkeep_for(package, "recertification", level)
        found += [(one.id, level, one.threshold, one.kind) for one in asked]
    return found


def tables(demands: Demands) -> list[Any]:
    return [
        demands.at_application,
        demands.at_decision,
        *map(demands.upkeep, ("surveillance", "recertification")),
    ]


def told(package: dict[str, Any], language: str) -> dict[tuple[str, int], Decimal]:
    """What the page's tables hold, by requirement and level; each requirement has its sentences."""
    demands = Demands(package, Reader(language))
    rows = [(table, row) for table in tables(demands) for row in table.rows]
    assert all(demands.sentences(row.requirement) for _, row in rows)
    return {
        (row.requirement.id, level): value
        for table, row in rows
        for level, value in row.by_level.items()
        if level in table.levels
    }


def drawn(package: dict[str, Any], language: str) -> Page:
    """The page of a package that no body has published, as it would be."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": PATH,
        "headers": [],
        "scheme": "http",
        "server": ("x", 80),
    }
    request = Request(scope | {"query_string": f"lang={language}".encode()})
    body = SimpleNamespace(
        legal_name="Alpha", address="", registration_no="1", jurisdiction="ES", is_demo=False
    )
    version = SimpleNamespace(package=package, published_on=date(2026, 3, 2))
    shown = {"view": SchemeView(body, (version,)), "package": package, "slug": "alpha"}
    answer = pages.page(request, "scheme/scheme.html", **shown, demands=Demands(package, Reader(language)))
    return Page(bytes(answer.body).decode())


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_requirement_that_the_engine_evaluates_is_on_the_page(
    client: TestClient, world: World, folder: str
) -> None:
    package = packaged(folder)
    a_published_version(client, world.alpha, package)

    for language in PAGE_LANGUAGES:
        answer = client.get(f"/schemes/alpha/{package['scheme']['code']}?lang={language}")

        assert answer.status_code == 200
        page = Page(answer.text)
        assert {name for name, *_ in evaluated(package)} - set(page.ids) == set()
        assert (page.language, page.is_balanced, page.foreign) == (language, True, [])
        assert (page.levels.count(1), page.skips_a_heading) == (1, False)
        assert len(page.ids) == len(set(page.ids))
        assert {link for link in page.links if link[0] == "#"} <= {f"#{anchor}" for anchor in page.ids}
        assert "{" not in page.text


def test_the_figures_stand_under_their_levels(client: TestClient, version_id: UUID) -> None:
    text = client.get(PATH).text
    row = text[text.index('id="R-hours"') :].split("</tr>")[0]

    cells = [cell.split(">", 1)[1].split("<")[0] for cell in row.split("data-label=")[1:]]
    assert cells == ["12", "50", "120", "300"]
    assert "At least this many hours of mentoring sessions that count." in row


LEVELS = st.dictionaries(st.sampled_from("12345"), st.decimals(1, 500, places=1).map(str), min_size=1)
WINDOWS = st.integers(1, 120)
NARROWED = st.one_of(st.just({}), WINDOWS.map(lambda months: {"window_months": months}))
SUMMED = sorted(set(Measure) - SINCE_A_DAY)
SHAPES = st.one_of(
    st.tuples(
        st.fixed_dictionaries(
            {"kind": st.just("at_least"), "measure": st.sampled_from(sorted(Measure)), "thresholds": LEVELS}
        ),
        NARROWED,
    ),
    st.tuples(
        st.fixed_dictionaries(
            {"kind": st.just("at_least_each"), "measure": st.sampled_from(SUMMED), "thresholds": LEVELS}
        ),
        st.tuples(st.integers(1, 12), st.integers(1, 6)).map(
            lambda pair: {"period_months": pair[0], "window_months": pair[0] * pair[1]}
        ),
    ),
    st.tuples(
        st.fixed_dictionaries(
            {"kind": st.just("record_present"), "record": st.sampled_from(RECORDS), "attested": st.booleans()}
        ),
        st.one_of(NARROWED, LEVELS.map(lambda thresholds: {"thresholds": thresholds})),
    ),
    st.tuples(st.fixed_dictionaries({"kind": st.just("agreement_accepted")}), st.just({"as_of": "decision"})),
    st.tuples(
        st.fixed_dictionaries(
            {"kind": st.just("component_passed"), "component": st.sampled_from(["F1", "F2", "F3", "F4"])}
        ),
        st.just({"as_of": "decision"}),
    ),
    st.tuples(
        st.fixed_dictionaries(
            {"kind": st.just("formative_completed"), "component": st.sampled_from(["C1", "C2", "C3"])}
        ),
        st.just({"as_of": "decision"}),
    ),
).map(lambda parts: {"as_of": "application"} | parts[0] | parts[1])


@settings(max_examples=40, deadline=None)
@given(st.lists(SHAPES, min_size=1, max_size=12), st.sampled_from(PAGE_LANGUAGES))
def test_whatever_a_package_asks_its_page_tells(shapes: list[dict[str, Any]], language: str) -> None:
    """At every level, except what is only done or not done at levels that nobody decides on."""
    items = [{"id": f"R-{n}", "title": {"en": "One", "es": "Uno"}} | shape for n, shape in enumerate(shapes)]
    package = a_package(
        put("requirements/items", items), put("assessment/components/0/checks_requirements", ["R-0"])
    )
    certified = {item["level"] for item in package["levels"]["items"] if item["certifiable"]}

    found, page = told(package, language), drawn(package, language)

    asked = {
        (name, level): least
        for name, level, least, kind in evaluated(package)
        if level in certified or kind not in DONE_OR_NOT
    }
    assert found == asked
    assert {name for name, *_ in evaluated(package)} - set(page.ids) == set()


def test_what_exists_only_in_english_is_marked_so(client: TestClient, version_id: UUID) -> None:
    page = Page(client.get(f"{PATH}?lang=tr").text)

    assert a_package()["scheme"]["title"]["tr"] in page.in_language("tr")
    assert "A business mentor meets the leader of an SME regularly" in page.in_language("en")
    assert "İngilizce ve İspanyolca" in page.in_language("tr")


@pytest.mark.parametrize("language", ["en", "es"])
def test_in_a_language_of_the_scheme_nothing_is_in_another(
    client: TestClient, version_id: UUID, language: str
) -> None:
    page = Page(client.get(f"{PATH}?lang={language}").text)
    others = [said for marked, said in page.said if marked != language]

    assert others == [
        name
        for name in ("English", "Español", "Italiano", "Türkçe", "Français")
        if name != {"en": "English", "es": "Español"}[language]
    ]


def test_the_page_tells_what_the_standard_wants_to_be_public(client: TestClient, version_id: UUID) -> None:
    """Scope, process, prerequisites, decision, appeals, validity, conduct (ISO/IEC 17024 7.2, PUB-4)."""
    package, page = a_package(), Page(client.get(PATH).text)
    texts = [package["scope"]["text"], package["scope"]["limits"], package["overview"]["process"]]
    texts += [package["overview"][part] for part in ("rights", "duties", "appeals")]
    texts += [
        package["criteria"]["initial"],
        package["criteria"]["recertification"],
        package["agreement"]["text"],
    ]
    texts += [package["overview"]["needs"][part] for part in ("time", "digital", "languages")]
    texts += [duty["text"] for duty in package["conduct"]["duties"]]
    texts += [line["note"] for line in package["scheme"]["lineage"]]
    texts += [
        text for unit in package["units"] for one in unit["elements"] for text in one["descriptors"].values()
    ]
    texts += [
        reason["text"]
        for act in ("suspension", "withdrawal", "scope_change")
        for reason in package["criteria"][act]
    ]

    assert [text["en"] for text in texts if text["en"] not in page.text] == []
    for shown in (
        "Alpha Certification",
        "Calle Mayor 1, Málaga",
        "36 months",
        "€120.00",
        "CC BY 4.0",
    ):
        assert shown in page.text
    for link in (
        "/schemes/alpha/SME-BM/changes",
        "/public/v1/bodies/alpha/schemes/SME-BM",
        "/public/v1/bodies/alpha/schemes/SME-BM/case",
    ):
        assert link in page.links
        assert client.get(link).status_code == 200


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_version_from_before_needs_were_told_is_still_shown(language: str) -> None:
    """A published package never changes, so the page bears one from before a member was asked for."""
    older = a_package(
        drop("overview/needs"),
        drop("scheme/licence"),
        drop("scheme/lineage"),
        drop("levels/counting"),
        drop("scheme/partial_languages"),
    )

    page = drawn(older, language)

    assert (page.is_balanced, page.skips_a_heading) == (True, False)
    assert {name for name, *_ in evaluated(older)} - set(page.ids) == set()


REASON = {"not_applicable_reason": {"en": "There is no need.", "es": "No hace falta."}}


@pytest.mark.parametrize("section", ["abilities", "conduct", "endorsements", "requirements", "surveillance"])
def test_a_section_that_a_scheme_has_not_says_why(section: str) -> None:
    page = drawn(a_package(put(section, REASON), drop("assessment/components/0/checks_requirements")), "en")

    assert "The scheme has none. There is no need." in page.text
    assert page.is_balanced


def test_what_a_package_says_is_escaped(client: TestClient, world: World) -> None:
    a_published_version(
        client,
        world.alpha,
        a_package(put("scheme/title/en", "<script>alert(1)</script>"), put("scheme/owner/name", "<b>me</b>")),
    )

    for path in (PATH, "/schemes/alpha", f"{PATH}/changes"):
        text = client.get(path).text
        assert "<script" not in text
        assert "<b>" not in text
        assert "&lt;script&gt;" in text


def test_a_body_shows_its_schemes_and_the_place_to_check_leads_there(
    client: TestClient, world: World
) -> None:
    for folder in FOLDERS:
        a_published_version(client, world.alpha, packaged(folder))

    page = Page(client.get("/schemes/alpha?lang=it").text)

    assert [link for link in page.links if link.startswith("/schemes/alpha/")] == [
        f"/schemes/alpha/{code}?lang=it" for code in ("BUSINESS-READY", "MENTOR-4", "SME-BM")
    ]
    assert "Mentor d'impresa per PMI" in page.text
    assert "/schemes/alpha?lang=it" in Page(client.get("/verify/alpha?lang=it").text).links


def test_a_draft_a_retired_and_another_bodys_scheme_are_not_shown(
    client: TestClient, world: World, version_id: UUID
) -> None:
    manager = world.alpha["scheme_manager"].headers
    retired = client.post(
        f"/v1/scheme-versions/{version_id}/retirement", headers=manager | {"If-Match": '"2"'}
    )

    assert retired.status_code == 200
    for path in (
        PATH,
        "/schemes/beta/SME-BM",
        "/schemes/alpha/OTHER",
        "/schemes/nobody",
        "/schemes/nobody/SME-BM/changes",
    ):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8"), path
    assert "/schemes/alpha/SME-BM" not in client.get("/schemes/alpha").text
    assert client.get(f"{PATH}/changes").status_code == 200


@pytest.mark.parametrize("path", [PATH, f"{PATH}/changes", "/schemes/alpha"])
def test_who_names_its_tag_gets_nothing_anew(client: TestClient, version_id: UUID, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]

    for named in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"If-None-Match": named})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert first.headers["cache-control"] == again.headers["cache-control"] == "public, no-cache"
    assert first.headers["vary"] == "Accept-Language"


def test_the_tag_differs_by_language_and_by_how_it_was_chosen(client: TestClient, version_id: UUID) -> None:
    tags = {client.get(PATH, params={"lang": language}).headers["etag"] for language in PAGE_LANGUAGES}
    tags |= {
        client.get(PATH, headers={"Accept-Language": language}).headers["etag"] for language in PAGE_LANGUAGES
    }

    assert len(tags) == 2 * len(PAGE_LANGUAGES)


def test_a_new_version_and_a_retirement_change_the_tag(
    client: TestClient, world: World, version_id: UUID
) -> None:
    manager = world.alpha["scheme_manager"].headers
    paths = ("/schemes/alpha", f"{PATH}/changes")
    before = [client.get(path).headers["etag"] for path in paths]

    client.post(f"/v1/scheme-versions/{version_id}/retirement", headers=manager | {"If-Match": '"2"'})

    after = [
        client.get(path, headers={"If-None-Match": tag}) for path, tag in zip(paths, before, strict=True)
    ]
    assert [answer.status_code for answer in after] == [200, 200]

"""Whatever is sent, the answer is a problem document that says what is wrong and nothing else."""

import json
from collections.abc import Iterator

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.main import create_app
from app.work import Runtime
from tests.support.counting import counts
from tests.support.world import World

MEMBERS = {"type", "title", "status", "detail", "code", "facts", "findings", "current", "request_id"}


def ensure_problem(answer: Response, status: int, code: str) -> dict[str, object]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), (
        answer.text
    )
    told: dict[str, object] = answer.json()
    assert set(told) == MEMBERS
    assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:mentorcert:problem:{code}")
    return told


@pytest.fixture
def office(client: TestClient, world: World) -> TestClient:
    client.headers.update(world.alpha["administrator"].headers)
    return client


@pytest.mark.parametrize("body", [b"{", b"", b"{'a': 1}", b"nul", b'{"a": 1}}', b"\x00"])
def test_what_is_no_json_is_refused(body: bytes, office: TestClient) -> None:
    answer = office.post("/v1/people", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in ({400} if body else {422})
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 100_000, b'"\xff\xfe"'], ids=["lists", "objects", "bytes"]
)
def test_json_that_breaks_its_reader_is_refused(body: bytes, office: TestClient) -> None:
    answer = office.post("/v1/people", content=body, headers={"Content-Type": "application/json"})

    ensure_problem(answer, 400, "request_refused")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "é/é"]
)
def test_another_media_type_is_refused(kind: str, office: TestClient) -> None:
    body = json.dumps({"printed_name": "Zoë", "language": "en"})

    answer = office.post("/v1/people", content=body, headers={"Content-Type": kind.encode()})

    ensure_problem(answer, 415, "media_type_refused")


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_beyond_the_limit_is_not_taken_in(kind: str, office: TestClient, runtime: Runtime) -> None:
    size = runtime.settings.upload_limit + 5000

    answer = office.post("/v1/people", content=b"x" * size, headers={"Content-Type": kind})

    assert ensure_problem(answer, 413, "too_large")["request_id"]


def test_a_body_that_comes_in_pieces_is_measured_too(office: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 100_000 for _ in range(30))

    answer = office.post("/v1/people", content=pieces(), headers={"Content-Type": "application/json"})

    ensure_problem(answer, 413, "too_large")


def test_each_fault_in_the_input_is_named_by_its_place(office: TestClient) -> None:
    answer = office.post("/v1/people", json={"language": "english", "shoe/size": 1})

    told = ensure_problem(answer, 422, "input_refused")
    assert {fault["pointer"] for fault in told["findings"]} == {"/printed_name", "/language", "/shoe~1size"}


@pytest.mark.parametrize(
    "char", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u2066", "\u2028", "\ue000", "\ufeff", "\n"]
)
def test_characters_that_deceive_or_break_are_refused_in_names(char: str, office: TestClient) -> None:
    answer = office.post("/v1/people", json={"printed_name": f"Zo{char}ë", "language": "en"})

    ensure_problem(answer, 422, "input_refused")


@pytest.mark.parametrize("text", [b'"Zo\\ud800"', b'"\\udfff"'])
def test_half_a_character_is_refused(text: bytes, office: TestClient) -> None:
    body = b'{"printed_name": ' + text + b', "language": "en"}'

    answer = office.post("/v1/people", content=body, headers={"Content-Type": "application/json"})

    ensure_problem(answer, 422, "input_refused")


@pytest.mark.parametrize("name", ["محمد علي", "Đặng Thị Hà", "李小龍", "Zoë", "O'Brien-Ñúñez", "क्षितिज"])
def test_names_of_the_world_are_taken_as_they_are(name: str, office: TestClient) -> None:
    answer = office.post("/v1/people", json={"printed_name": name, "language": "en"})

    assert (answer.status_code, answer.json()["printed_name"]) == (201, name)


def test_a_name_in_pieces_is_put_together(office: TestClient) -> None:
    answer = office.post("/v1/people", json={"printed_name": " Zoe\u0308 ", "language": "en"})

    assert answer.json()["printed_name"] == "Zoë"


@pytest.mark.parametrize("path", ["/v1/nothing", "/v2/people", "/v1//people", "/%00"])
def test_an_unknown_path_is_a_problem(path: str, office: TestClient) -> None:
    ensure_problem(office.get(path), 404, "not_found")


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "TRACE", "BREW"])
def test_an_unknown_method_is_a_problem(method: str, office: TestClient) -> None:
    ensure_problem(office.request(method, "/v1/people"), 405, "method_refused")


@pytest.mark.parametrize("slug", ["gamma", "%00", "al%00pha", "%F0%9F%92%A9", "a" * 5000, "';--"])
def test_a_strange_name_of_a_body_is_not_found(slug: str, client: TestClient) -> None:
    ensure_problem(client.get(f"/public/v1/bodies/{slug}"), 404, "not_found")
    ensure_problem(client.get(f"/public/v1/bodies/alpha/schemes/{slug}"), 404, "not_found")


@pytest.mark.parametrize("person", ["1", "null", "0" * 32 + "g", "%00"])
def test_what_is_no_id_is_refused(person: str, office: TestClient) -> None:
    ensure_problem(office.get(f"/v1/people/{person}"), 422, "input_refused")


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=%00", "cursor=é", "cursor=AAAA", "limit=0", "limit=201", "limit=x"]
)
def test_a_cursor_or_limit_of_ones_own_is_refused(query: str, office: TestClient) -> None:
    assert office.get(f"/v1/people?{query}").status_code == 422


def test_a_fault_of_ours_tells_nothing_of_our_inside(runtime: Runtime) -> None:
    app = create_app(runtime)

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("SELECT secret FROM inner_text")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/fault")

    ensure_problem(answer, 500, "unexpected")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_refusal_is_no_crash_of_the_server(runtime: Runtime, world: World) -> None:
    with TestClient(create_app(runtime)) as client:  # this one raises what the server would log as a crash
        answer = client.get("/v1/people", headers=world.alpha["assessor"].headers)

    ensure_problem(answer, 403, "permission_missing")


@pytest.mark.parametrize(
    ("asked", "start"), [("es-ES,es;q=0.9", "No "), ("de", "There is no"), ("", "There is no")]
)
def test_a_refusal_speaks_the_readers_language(asked: str, start: str, client: TestClient) -> None:
    told = client.get("/public/v1/bodies/gamma", headers={"Accept-Language": asked}).json()

    assert told["detail"].startswith(start)


def test_refused_input_changes_nothing(office: TestClient, runtime: Runtime) -> None:
    before = counts(runtime)

    office.post("/v1/people", json={"printed_name": "", "language": "en"})
    office.post("/v1/people", content=b"{", headers={"Content-Type": "application/json"})

    assert counts(runtime) == before

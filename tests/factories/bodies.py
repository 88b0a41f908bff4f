"""What a body has made public: the example documents of the demonstration, and contact points over HTTP."""

from typing import Any

from starlette.testclient import TestClient

from app.bodies import service as bodies
from app.bodies.schemas import PublicDocumentCreate
from app.demo.content import documents
from app.work import Caller, Work


def with_documents(caller: Caller) -> None:
    """Make all documents of the caller's body public; the service itself acts."""
    caller.write(_enter_all)


def _enter_all(work: Work) -> None:
    work.require_system()
    for document in documents():
        bodies.enter_document(work, PublicDocumentCreate.model_validate(document))


def a_contact_point(client: TestClient, member: Any, **changes: object) -> dict[str, Any]:
    """Name an organisation of a region; the member may be of any body."""
    wanted = {
        "name": "University of the Coast",
        "region": "Andalusia",
        "country": "ES",
        "languages": ["es", "en"],
        "url": "https://coast.example/mentors",
    } | changes
    answer = client.post("/v1/body/contact-points", json=wanted, headers=member.headers)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told

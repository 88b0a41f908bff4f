"""What a body has made public: the example documents of the demonstration."""

from app.bodies import service as bodies
from app.bodies.schemas import DocumentCreate
from app.demo.content import documents
from app.work import Caller, Work


def with_documents(caller: Caller) -> None:
    """Make all documents of the caller's body public; the service itself acts."""
    caller.write(_enter_all)


def _enter_all(work: Work) -> None:
    work.require_system()
    for document in documents():
        bodies.enter_document(work, DocumentCreate.model_validate(document))

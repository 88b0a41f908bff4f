"""Use cases of schemes, by family: the life of versions, what people ask to change, what is public, CASE."""

from app.schemes.service.frameworks import draft_case, read_case
from app.schemes.service.life import (
    create,
    draft,
    pilot,
    publish,
    read_version,
    retire,
    revise,
    search,
    validate,
    version_in_force,
    version_of,
    version_seen,
    versions,
)
from app.schemes.service.public import compare, public_case, public_changes, public_version
from app.schemes.service.requests import (
    answer_request,
    balance,
    comment,
    file_request,
    read_request,
    search_requests,
)
from app.schemes.service.succession import (
    components,
    passage_from,
    public_transition,
    successor_in_force,
    version_for_application,
)

__all__ = [
    "answer_request",
    "balance",
    "comment",
    "compare",
    "components",
    "create",
    "draft",
    "draft_case",
    "file_request",
    "passage_from",
    "pilot",
    "public_case",
    "public_changes",
    "public_transition",
    "public_version",
    "publish",
    "read_case",
    "read_request",
    "read_version",
    "retire",
    "revise",
    "search",
    "search_requests",
    "successor_in_force",
    "validate",
    "version_for_application",
    "version_in_force",
    "version_of",
    "version_seen",
    "versions",
]

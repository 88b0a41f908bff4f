"""Use cases of schemes, by family: the life of versions, what is public, frameworks of others."""

from app.schemes.service.frameworks import read_case
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

__all__ = [
    "compare",
    "create",
    "draft",
    "pilot",
    "public_case",
    "public_changes",
    "public_version",
    "publish",
    "read_case",
    "read_version",
    "retire",
    "revise",
    "search",
    "validate",
    "version_in_force",
    "version_of",
    "version_seen",
    "versions",
]

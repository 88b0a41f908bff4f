"""The whole schema, for migrations and for tests that walk it."""

from app.access import tables as access
from app.applications import tables as applications
from app.audit import tables as audit
from app.bodies import tables as bodies
from app.core.table import metadata
from app.impartiality import tables as impartiality
from app.jobs import tables as jobs
from app.log import tables as log
from app.people import tables as people
from app.practice import tables as practice
from app.profiles import tables as profiles
from app.schemes import tables as schemes

__all__ = [
    "access",
    "applications",
    "audit",
    "bodies",
    "impartiality",
    "jobs",
    "log",
    "metadata",
    "people",
    "practice",
    "profiles",
    "schemes",
]

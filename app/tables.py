"""The whole schema, for migrations and for tests that walk it."""

from app.access import tables as access
from app.applications import tables as applications
from app.audit import tables as audit
from app.bodies import tables as bodies
from app.certificates import tables as certificates
from app.core.table import metadata
from app.decisions import tables as decisions
from app.delivery import tables as delivery
from app.directory import tables as directory
from app.files import tables as files
from app.impartiality import tables as impartiality
from app.itembank import tables as itembank
from app.jobs import tables as jobs
from app.log import tables as log
from app.marking import tables as marking
from app.notices import tables as notices
from app.people import tables as people
from app.practice import tables as practice
from app.profiles import tables as profiles
from app.programmes import tables as programmes
from app.reports import tables as reports
from app.schemes import tables as schemes
from app.statements import tables as statements

__all__ = [
    "access",
    "applications",
    "audit",
    "bodies",
    "certificates",
    "decisions",
    "delivery",
    "directory",
    "files",
    "impartiality",
    "itembank",
    "jobs",
    "log",
    "marking",
    "metadata",
    "notices",
    "people",
    "practice",
    "profiles",
    "programmes",
    "reports",
    "schemes",
    "statements",
]

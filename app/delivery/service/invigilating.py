"""Who stood by while a candidate was examined: appointed people only, and never one who scores her."""

from datetime import date
from uuid import UUID

from app.access.permissions import APPOINTABLE
from app.applications.tables import CaseRow
from app.core.errors import Invalid, NotImpartial
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.people import service as people
from app.work import Work


def invigilated(work: Work, case: CaseRow, person_id: UUID, on: date) -> UUID:
    """Note who invigilated; only appointed people do, and never one who scores (7.0, amendment 19)."""
    people.known(work, person_id)
    if not any(people.holds(work, person_id, role) for role in APPOINTABLE):
        raise Invalid("not_appointed", pointer="/invigilator_id")
    noted = impartiality.note_fact(
        work,
        Act.INVIGILATED,
        person_id=person_id,
        candidate_id=case.person_id,
        started_on=on,
        ended_on=on,
    )
    for act in impartiality.involved(work, case.person_id):  # after the note, which locked the ledger
        if act["person"] == str(person_id) and act["act"] in {Act.EXAMINED, Act.ADJUDICATED}:
            raise NotImpartial("not_impartial", rule="IMP-2", act=act["act"], duty="invigilate")
    return noted.id

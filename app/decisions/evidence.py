"""Gathers what a decision is taken on into one document of the canonical profile (DEC-3)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.applications import service as applications
from app.applications.tables import CaseRow
from app.audit import queries as audit
from app.delivery import service as delivery
from app.impartiality import service as impartiality
from app.marking import service as marking
from app.practice import service as practice
from app.schemes import service as schemes
from app.schemes.requirements import OVER_PRACTICE, Answer, AsOf, Kind, Requirement, requirements_for
from app.work import Work


def answers(work: Work, case: CaseRow) -> list[Answer]:
    """Return an answer for every requirement of the case, as of application or as of now."""
    package = schemes.version_of(work, case.scheme_version_id).package
    reviewed = _reviewed(work, case)
    results = {row.component: row for row in marking.results(work, case.id)}
    found = []
    for item in requirements_for(package, case.level):
        if item.as_of is AsOf.APPLICATION:
            found.append(reviewed.get(item.id) or Answer(item, Decimal(0), ()))
        else:
            found.append(_now(work, case, item, results))
    return found


def _reviewed(work: Work, case: CaseRow) -> dict[str, Answer]:
    """Return what the review found, unless it has fallen since; a gap had to be closed by its day (APP-3).

    What a newer version asks otherwise since the case moved to it, no review has judged: that is found now.
    """
    review = applications.review_of(work, case.id)
    if review is None:
        return {}
    judged = {item["requirement"]: Answer.from_document(item) for item in review.answers}
    present = _by_requirement(applications.prerequisites(work, case))
    found = {name: judged.get(name, now) if now.is_met else now for name, now in present.items()}
    anew = [name for name, now in present.items() if not _is_judged(now, judged.get(name))]
    if anew:
        today = _by_requirement(applications.prerequisites(work, case, on=work.today))
        found |= {name: today[name] for name in anew}
    if review.unmet:
        latest = min(work.today, review.close_by) if review.close_by is not None else work.today
        closed = _by_requirement(applications.prerequisites(work, case, on=latest))
        found |= {name: closed[name] for name in review.unmet if name in closed and name not in anew}
    return found


def _is_judged(now: Answer, earlier: Answer | None) -> bool:
    return earlier is not None and earlier.requirement.demand == now.requirement.demand


def _by_requirement(answers: list[Answer]) -> dict[str, Answer]:
    return {answer.requirement.id: answer for answer in answers}


def _now(work: Work, case: CaseRow, item: Requirement, results: dict[str, Any]) -> Answer:
    if item.kind in OVER_PRACTICE:
        return applications.measured(work, case, item, on=work.today)
    if item.kind is Kind.AGREEMENT_ACCEPTED:
        return _agreed(work, case, item)
    assert item.component is not None
    if item.kind is Kind.FORMATIVE_COMPLETED:
        completed = delivery.formative_completed(work, case.person_id, item.component)
        return (
            Answer(item, Decimal(0), ()) if completed is None else Answer(item, Decimal(1), completed.sources)
        )
    result = results.get(item.component)
    passed = result is not None and result.passed
    return Answer(item, Decimal(int(passed)), (f"result:{result.id}",) if result is not None else ())


def _agreed(work: Work, case: CaseRow, item: Requirement) -> Answer:
    """Tell whether what was accepted is the agreement of the version that the case stands under (APP-2)."""
    current = schemes.version_of(work, case.scheme_version_id).package["agreement"]["version"]
    is_current = case.agreement_version == current
    return Answer(item, Decimal(int(is_current)), (f"case:{case.id}:agreement:{case.agreement_version}",))


def document(work: Work, case: CaseRow, found: list[Answer]) -> dict[str, Any]:
    """Return the snapshot: scope, version, answers, results with their inputs, who took part, and hashes."""
    version = schemes.version_of(work, case.scheme_version_id)
    sources = sorted({source for answer in found for source in answer.sources})
    return {
        "format": "mentorcert-snapshot/1",
        "case": str(case.id),
        "person": str(case.person_id),
        "scheme_version": {
            "id": str(version.id),
            "version": version.version,
            "sha256": version.package_sha256,
        },
        "scope": {"level": case.level, "phases": case.phases, "endorsements": case.endorsements},
        "decided_on": _day(work.today),
        "answers": [answer.to_document() for answer in found],
        "results": marking.evidence(work, case.id),
        "participants": impartiality.involved(work, case.person_id),
        "evidence": _hashes(work, sources),
        "portfolio": practice.pins(work, case.person_id),
    }


def _day(day: date) -> str:
    return day.isoformat()


def _hashes(work: Work, sources: list[str]) -> list[dict[str, object]]:
    """Name, for each record that an answer rests on, the newest event of its stream and that event's hash."""
    streams = {}
    for source in sources:
        try:
            streams[UUID(source.split(":")[1])] = source
        except (IndexError, ValueError):
            continue
    heads = audit.heads(work.session, work.body_id, list(streams))
    return [
        {"source": streams[stream], "sseq": sseq, "leaf": leaf}
        for stream, (sseq, leaf) in sorted(heads.items(), key=lambda item: streams[item[0]])
    ]

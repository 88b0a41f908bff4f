"""Checks on what a scheme rests on: a recent analysis of the practice, tasks for every element."""

from collections.abc import Iterator
from datetime import date

from app.core.dates import add_months
from app.schemes.packaging.finding import Finding, pointer_to
from app.schemes.packaging.shape import Package


def tasks(package: Package) -> Iterator[Finding]:
    """Refuse an element that no task of the job calls for: nothing shows that it is needed (SCH-4, 8.4 e)."""
    called_for = {element for task in package["job"]["tasks"] for element in task["elements"]}
    for u, unit in enumerate(package["units"]):
        for e, element in enumerate(unit["elements"]):
            if element["code"] not in called_for:
                at = pointer_to("units", u, "elements", e)
                yield Finding(at, "SCH-4", f"no task calls for {element['code']}")


def check_timing(package: Package, today: date) -> Iterator[Finding]:
    """Refuse a practice analysis older than the scheme allows on a day, and studies yet to come (SCH-4)."""
    studies, months = package["studies"], package["parameters"]["practice_analysis_max_age"]
    at = ("studies", "practice_analysis", "completed_on")
    completed = date.fromisoformat(studies["practice_analysis"]["completed_on"])
    if today > add_months(completed, months):
        yield Finding(pointer_to(*at), "SCH-4", f"is more than {months} months ago")
    if today < completed:
        yield Finding(pointer_to(*at), "SCH-4", "is yet to come")
    for index, study in enumerate(studies["methods"]):
        if today < date.fromisoformat(study["completed_on"]):
            yield Finding(pointer_to("studies", "methods", index, "completed_on"), "SCH-4", "is yet to come")


RULES = (tasks,)

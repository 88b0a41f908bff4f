"""The mentor comes: her skill card, her practice, her application, and the review that admits her."""

from datetime import date, timedelta
from uuid import UUID

from mentorcert_client import Client
from mentorcert_client.api.accounts import accounts_register
from mentorcert_client.api.applications import (
    applications_answers,
    applications_declare,
    applications_review,
    applications_submit,
)
from mentorcert_client.api.decisions import decisions_decide
from mentorcert_client.api.delivery import delivery_complete_formative
from mentorcert_client.api.profiles import profiles_rate_self
from mentorcert_client.models import Answer as ConflictAnswer
from mentorcert_client.models import (
    ApplicationCreate,
    ConflictDeclare,
    FormativeCreate,
    GrantCreate,
    RatingsPut,
    RegistrationCreate,
    ReviewCreate,
)

from app.demo.prologue import Cast
from app.demo.show import Show
from app.demo.stage import Stage
from app.demo.voices import Voice, key, problem, sign_in, told

_NAME = "Zoë Žižek-Παπαδοπούλου"
_WEAK = {"SME-BM/U4.2": 1, "SME-BM/U4.4": 2, "SME-BM/U6.2": 2, "SME-BM/U7.3": 1, "SME-BM/U3.1": 2}


def register(stage: Stage, show: Show) -> Voice:
    """Let the mentor open her own account."""
    show.step("A mentor registers")
    email = "mentor@demo.example"
    stranger = Client(base_url=stage.url, raise_on_unexpected_status=True)
    body = RegistrationCreate(printed_name=_NAME, language="en", email=email, password=stage.password)
    told(accounts_register.sync_detailed(stage.slug, client=stranger, body=body, idempotency_key=key()))
    show.line(f"{_NAME}, invented like everyone here")
    return sign_in(stage, _NAME, email)


def rate_herself(mentor: Voice, version_id: UUID, elements: list[str], show: Show) -> None:
    """Show skill card, gap and pathway to the competent level."""
    show.step("She rates herself on the skill card: gap and pathway to level 3")
    ratings = {element: _WEAK.get(element, 3) for element in elements}
    card = told(
        profiles_rate_self.sync_detailed(
            version_id, client=mentor.client, body=RatingsPut.from_dict({"ratings": ratings}), target=3,
            idempotency_key=key(),
        )
    )  # fmt: skip
    view = card.sources[0]
    show.line(f"{view.rated} elements rated, level {view.level_reached} reached, {len(view.gap)} shortfalls")
    for taken in view.pathway[:3]:
        show.line(f"{taken.element} {taken.title}: {taken.has} → {taken.needs}: {taken.descriptor}")


def apply(mentor: Voice, version_id: UUID, show: Show) -> UUID:
    """Apply for level 3 in two growth phases, accept the agreement by version, ask for nothing special."""
    show.step("She applies for level 3")
    wanted = {
        "scheme_version_id": str(version_id),
        "level": 3,
        "phases": ["early_startup", "growth"],
        "endorsements": [],
        "language": "en",
        "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"],
        "agreement_version": 1,
        "accommodation": {"asked": "none"},
    }
    case = told(
        applications_submit.sync_detailed(
            client=mentor.client, body=ApplicationCreate.from_dict(wanted), idempotency_key=key()
        )
    )
    show.line(f"case {case.id}, agreement version {case.agreement_version} accepted, no accommodation asked")
    return UUID(str(case.id))


def review(cast: Cast, case_id: UUID, show: Show) -> None:
    """Check every prerequisite; the reviewer declares first and sees value, threshold and sources."""
    show.step("Entry assessment: every prerequisite is checked against the evidence")
    client = cast.reviewer.client
    early = problem(applications_answers.sync_detailed(case_id, client=client), 409)
    show.refused("the reviewer opens the file before declaring conflicts", early)
    declare(cast.reviewer, case_id)
    answers = told(applications_answers.sync_detailed(case_id, client=client)).items
    for found in answers:
        mark = "met" if found.met else "NOT MET"
        title = found.title["en"]
        show.line(f"{mark:<7} {found.value:>6}, needed {found.threshold:>3}  {title} ({found.requirement})")
    outcome = ReviewCreate.from_dict({"outcome": "admit", "unmet": [], "close_by": None})
    told(applications_review.sync_detailed(case_id, client=client, body=outcome, idempotency_key=key()))
    show.line("admitted: from now on she is a candidate")


def declare(voice: Voice, case_id: UUID) -> None:
    """Declare that there is no conflict with the candidate."""
    body = ConflictDeclare(answer=ConflictAnswer.NONE)
    told(applications_declare.sync_detailed(case_id, client=voice.client, body=body, idempotency_key=key()))


def complete_continuing(cast: Cast, mentor: Voice, engagement_id: UUID, today: date, show: Show) -> None:
    """Complete the three formative assessments of an engagement; their author is barred from then on."""
    show.step("Continuing assessments of an observed engagement are complete")
    for code, ago in (("C1", 230), ("C2", 160), ("C3", 90)):
        done = {
            "component": code,
            "engagement": str(engagement_id),
            "completed_on": (today - timedelta(days=ago)).isoformat(),
        }
        told(
            delivery_complete_formative.sync_detailed(
                mentor.person_id, client=cast.programme.client, body=FormativeCreate.from_dict(done),
                idempotency_key=key(),
            )
        )  # fmt: skip
    show.line("C1, C2 and C3: they open the way to the final assessment and carry no mark into the decision")


def decide_too_early(cast: Cast, case_id: UUID, show: Show) -> None:
    """Show that no grant is possible while a requirement is unmet."""
    declare(cast.decider, case_id)
    answer = decisions_decide.sync_detailed(
        case_id, client=cast.decider.client, body=GrantCreate(kind="grant"), idempotency_key=key()
    )
    early = problem(answer, 409)
    show.refused("a grant before the final assessment", early)

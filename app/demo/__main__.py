"""Acts out the life of one certificate and ends with a line of JSON, or with 1 if anything went wrong."""

import os
import sys
from pathlib import Path

from rich.console import Console

from app.core.clock import SystemClock
from app.demo import application, epilogue, examination, practice, prologue
from app.demo.show import Show
from app.demo.stage import StageError, set_up
from app.demo.voices import DemoError

_FOLDER = Path(os.environ.get("MENTORCERT_DEMO_FOLDER", ".demo"))


def main() -> int:
    """Run the demonstration in the folder `.demo`."""
    show = Show(Console(highlight=False))
    try:
        show.end(_act(show))
    except (DemoError, StageError) as failure:
        Console(stderr=True).print(f"[red]The demonstration stopped:[/red] {failure}", soft_wrap=True)
        return 1
    return 0


def _act(show: Show) -> dict[str, object]:
    today = SystemClock().now().date()
    with set_up(_FOLDER.resolve()) as stage:
        cast = prologue.gather(stage, show, today)
        version_id = prologue.publish_scheme(cast, show)
        prologue.approve_form(cast, version_id, show)
        mentor = application.register(stage, show)
        application.rate_herself(mentor, version_id, prologue.elements(), show)
        observed = practice.log_a_year(stage, cast, mentor, today, show)
        case_id = application.apply(mentor, version_id, show)
        application.review(cast, case_id, show)
        application.decide_too_early(cast, case_id, show)
        application.complete_continuing(cast, mentor, observed, today, show)
        examination.sit_knowledge(mentor, case_id, show)
        examination.mark(cast, case_id, today, show)
        epilogue.decide(cast, case_id, show)
        issued = epilogue.download(stage, mentor, show)
        seal = epilogue.verify(stage, issued, show)
        epilogue.suspend_and_lift(stage, cast, case_id, issued, today, show)
        events = epilogue.check_log(stage, show)
        return {
            "certificate_pdf": str(issued.path),
            "number": issued.number,
            "verify_url": issued.verify_url,
            "pdf_seal": seal,
            "log_events": events,
            "log_verified": True,
            "refusals_shown": show.refusals,
        }


if __name__ == "__main__":
    sys.exit(main())

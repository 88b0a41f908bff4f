"""Acts out the life of one certificate and ends with a line of JSON, or with 1 if anything went wrong.

With `--serve` it serves what the last one left, to click through; without one it acts it out first.
"""

import signal
import sys
from dataclasses import fields
from pathlib import Path

from rich.console import Console

from app.core.clock import SystemClock
from app.core.dates import day_in
from app.demo import application, epilogue, examination, practice, prologue
from app.demo.epilogue import Issued
from app.demo.keeping import Kept, SignIn, keep, kept_in
from app.demo.prologue import Cast
from app.demo.show import Show
from app.demo.stage import ZONE, Stage, StageError, reopened, set_up
from app.demo.voices import DemoError, Voice

_FOLDER = Path(".demo").resolve()


def main(*, is_to_serve: bool) -> int:
    """Run the demonstration in the folder `.demo`."""
    show = Show(Console(highlight=False))
    try:
        if not is_to_serve:
            show.end(_act(show))
            return 0
        if kept_in(_FOLDER) is None:
            _act(show)
        _serve(show)
    except (DemoError, StageError) as failure:
        Console(stderr=True, highlight=False).print(
            f"[red]The demonstration stopped:[/red] {failure}", soft_wrap=True
        )
        return 1
    return 0


def _act(show: Show) -> dict[str, object]:
    today = day_in(ZONE, SystemClock().now())
    with set_up(_FOLDER) as stage:
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
        examination.sit_knowledge(cast, mentor, case_id, show)
        examination.mark(cast, case_id, today, show)
        epilogue.decide(cast, case_id, show)
        issued = epilogue.download(stage, mentor, show)
        seal = epilogue.verify(stage, issued, show)
        epilogue.suspend_and_lift(stage, cast, case_id, issued, today, show)
        events = epilogue.check_log(stage, show)
        keep(stage.folder, _kept(stage, cast, mentor, issued))
        return {
            "certificate_pdf": str(issued.path),
            "number": issued.number,
            "verify_url": issued.verify_url,
            "pdf_seal": seal,
            "log_events": events,
            "log_verified": True,
            "refusals_shown": show.refusals,
        }


def _kept(stage: Stage, cast: Cast, mentor: Voice, issued: Issued) -> Kept:
    voices = [mentor, *(getattr(cast, field.name) for field in fields(cast))]
    people = tuple(SignIn(voice.name, voice.email) for voice in voices)
    return Kept(stage.port, stage.slug, issued.number, issued.code, stage.password, people)


def _serve(show: Show) -> None:
    """Serve until the person at the keyboard, or whoever started this, ends it."""
    kept = kept_in(_FOLDER)
    if kept is None:
        raise DemoError("the demonstration left nothing to serve")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with reopened(_FOLDER, kept) as url:
        show.way_in(url, kept)
        try:
            signal.pause()
        except KeyboardInterrupt:
            show.line("ended")


if __name__ == "__main__":
    sys.exit(main(is_to_serve="--serve" in sys.argv[1:]))

"""A worker of its own process whose handler says that it began and then never ends; its parent kills it."""

import sys
import time
from pathlib import Path
from uuid import UUID

from app.core.settings import Mode, Settings
from app.jobs.dispatching import dispatch
from app.jobs.engine import Engine
from app.jobs.rules import Job
from app.main import make_runtime
from app.work import Caller


def main(url: str, folder: str) -> None:
    runtime = make_runtime(Settings(url, Path(folder), key_passphrase="only for tests", mode=Mode.TEST))

    def begin_and_hang(_caller: Caller, _subject_id: UUID) -> None:
        Path(folder, "begun").touch()
        time.sleep(60)

    with Engine(runtime, {Job.SEAL_DOCUMENT: begin_and_hang}, poll_seconds=0.05) as engine:
        while True:
            dispatch(runtime, engine)
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])

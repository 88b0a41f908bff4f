"""What the job engine costs the writers on SQLite: 16 threads of audited writes, without and with it.

    python -m benchmarks.jobs_beside [seconds per turn] [rounds]

Each write is a whole work: one row, its event, its place in the log, commit with full durability; one in ten
also asks for a job, and each job is an audited write too.
"""

import logging
import shutil
import statistics
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app import worker
from app.access.actor import system
from app.bodies import service as bodies
from app.bodies.schemas import BodyCreate
from app.core.ids import new_id
from app.core.secrets import Purpose
from app.core.settings import Mode, Settings
from app.jobs import service as jobs
from app.jobs.rules import Job
from app.main import make_runtime
from app.migrating import upgrade
from app.people import service as people
from app.people.schemas import PersonCreate
from app.work import Caller, Runtime, Work

WRITERS = 16
PERSON = PersonCreate(printed_name="Ana Example", language="en")


@dataclass
class Turn:
    rate: float
    p50: float
    p99: float
    most: float
    least_per_thread: int
    most_per_thread: int
    errors: int


def enter(work: Work, *, asks: bool) -> None:
    work.open_to_all()
    person = people.enter(work, PERSON)
    if asks:
        jobs.enqueue(work, Job.SEAL_DOCUMENT, person.id, str(person.id))


def carry_out(caller: Caller, _subject_id: UUID) -> None:
    caller.write(enter, asks=False)


def installation(folder: Path) -> tuple[Runtime, Caller]:
    settings = Settings(
        f"sqlite:///{folder}/bench.db", folder, key_passphrase="for this run only", mode=Mode.TEST
    )
    upgrade(settings.database_url)
    runtime = make_runtime(settings)
    caller = Caller(runtime, system(new_id()), "bench")
    caller.write(
        bodies.establish,
        BodyCreate(
            slug="bench", legal_name="Bench", registration_no="1", jurisdiction="ES", address="Here",
            time_zone="Europe/Madrid", language="en", is_demo=True,
        ),
    )  # fmt: skip
    for purpose in (Purpose.TOKENS, Purpose.LOG):
        caller.write(bodies.add_key, purpose)
    return runtime, caller


def measure(*, with_engine: bool, seconds: float) -> tuple[Turn, int, int]:
    folder = Path(tempfile.mkdtemp(prefix="mentorcert-bench-"))
    runtime, caller = installation(folder)
    beside = worker.beside(runtime, {Job.SEAL_DOCUMENT: carry_out}) if with_engine else nullcontext()
    with beside:
        taken = write(caller, seconds)
        asked, done = counted(runtime)
    runtime.database.dispose()
    shutil.rmtree(folder)
    return taken, asked, done


def write(caller: Caller, seconds: float) -> Turn:
    times: list[list[float]] = [[] for _ in range(WRITERS)]
    errors: list[Exception] = []
    start = threading.Barrier(WRITERS + 1)
    until = [0.0]

    def writer(number: int) -> None:
        start.wait()
        count = 0
        while time.perf_counter() < until[0]:
            began = time.perf_counter()
            count += 1
            try:
                caller.write(enter, asks=count % 10 == 0)
            except Exception as error:
                errors.append(error)
            times[number].append(time.perf_counter() - began)

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    until[0] = time.perf_counter() + seconds
    start.wait()
    for thread in threads:
        thread.join()
    every = sorted(1000 * one for own in times for one in own)
    return Turn(
        rate=len(every) / seconds,
        p50=statistics.median(every),
        p99=every[int(0.99 * len(every))],
        most=every[-1],
        least_per_thread=min(map(len, times)),
        most_per_thread=max(map(len, times)),
        errors=len(errors),
    )


def counted(runtime: Runtime) -> tuple[int, int]:
    with runtime.database.engine.connect() as connection:
        counts = connection.exec_driver_sql("SELECT count(*), count(done_at) FROM outbox").one()
    return int(counts[0]), int(counts[1])


def main(seconds: float = 5.0, rounds: int = 3) -> None:
    logging.disable(logging.WARNING)
    print(f"{WRITERS} writers, {seconds:g} s a turn, {rounds} rounds in alternation; times in ms")
    print("engine  writes/s    p50     p99     max  per thread   errors  jobs asked / done meanwhile")
    found: dict[bool, list[Turn]] = {False: [], True: []}
    for _ in range(rounds):
        for with_engine in (False, True):
            taken, asked, done = measure(with_engine=with_engine, seconds=seconds)
            found[with_engine].append(taken)
            print(
                f"{'beside' if with_engine else 'none':<7} {taken.rate:8.0f} {taken.p50:7.1f}"
                f" {taken.p99:7.1f} {taken.most:7.1f}  {taken.least_per_thread:5}-{taken.most_per_thread:<5}"
                f" {taken.errors:6}  {asked} / {done}"
            )
    none, beside = (statistics.median(turn.rate for turn in found[kind]) for kind in (False, True))
    print(f"median rate none={none:.0f} beside={beside:.0f} ratio={beside / none:.2f}")


if __name__ == "__main__":
    main(*(kind(given) for kind, given in zip((float, int), sys.argv[1:], strict=False)))

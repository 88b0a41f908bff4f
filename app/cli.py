"""The command `mentorcert`: set up, serve, verify, export."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn
from uuid import UUID

import httpx
import typer
import uvicorn
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app import worker as work_beside
from app.access.actor import PUBLIC, system
from app.accounts import service as accounts
from app.accounts.schemas import RegistrationCreate
from app.bodies import service as bodies
from app.bodies.schemas import BodyCreate
from app.core.errors import Conflict, NotFound, Refusal
from app.core.ids import new_id, new_secret
from app.core.messages import sentence
from app.core.secrets import Purpose, SecretsError
from app.core.settings import Mode, Settings, SettingsError, settings_from
from app.jobs.presence import AlreadyRunning
from app.log import releasing, service
from app.log.checkpointing import check_guard
from app.log.content import Altered
from app.log.exporting import OFFLINE, WrongCheckpoint
from app.log.guarding import RolledBack
from app.main import contract, create_app, make_runtime
from app.migrating import upgrade
from app.register import upload
from app.work import Caller, Runtime

_HELP = """Certify business mentors, and be able to prove that you did it by the rules.

Start with `mentorcert init`, then `mentorcert serve`. Settings are environment variables: MENTORCERT_DATA
(folder for keys and the embedded database), MENTORCERT_KEY_PASSPHRASE (opens the keys), DATABASE_URL (for
PostgreSQL), MENTORCERT_PUBLIC_URL (address printed on certificates), MENTORCERT_MODE (demo or production)."""

cli = typer.Typer(help=_HELP, no_args_is_help=True, rich_markup_mode="markdown", add_completion=False)
log = typer.Typer(help="Export the tamper-evident log of a body, and check an export.", no_args_is_help=True)
cli.add_typer(log, name="log")
_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)

_CLIENTS = Path(__file__).parent.parent / ".build" / "clients"

BodyOption = Annotated[str, typer.Option("--body", help="Short name of the body, as in its addresses.")]


class CommandError(Exception):
    """The command cannot do what was asked; the message is for whoever typed it."""


def main() -> NoReturn:
    """Run the command line; a refusal is one plain sentence and exit code 1."""
    try:
        cli()
    except Refusal as refusal:
        _err.print(f"[red]Refused:[/red] {escape(sentence(refusal.code, refusal.facts))}")
    except (
        CommandError, SettingsError, SecretsError, RolledBack, Altered, WrongCheckpoint, AlreadyRunning,
        FileExistsError, FileNotFoundError,
    ) as fault:  # fmt: skip
        _err.print(f"[red]Not done:[/red] {escape(str(fault))}")
    sys.exit(1)


def _settings() -> Settings:
    """Read the settings; a demonstration without a passphrase gets one of its own, kept beside its keys."""
    environment = dict(os.environ)
    mode = environment.get("MENTORCERT_MODE", Mode.DEMO)
    given = {"MENTORCERT_KEY_PASSPHRASE", "MENTORCERT_KEY_PASSPHRASE_FILE"} & environment.keys()
    if mode == Mode.DEMO and not given:
        path = Path(environment.get("MENTORCERT_DATA", ".data")) / "demo.passphrase"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(new_secret(), encoding="utf-8")
        environment["MENTORCERT_KEY_PASSPHRASE_FILE"] = str(path)
    return settings_from(environment)


@contextmanager
def _opened() -> Iterator[Runtime]:
    """Open an installation, after bringing its database to this release and comparing it with the guard."""
    settings = _settings()
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    runtime = make_runtime(settings)
    try:
        check_guard(runtime)
        yield runtime
    finally:
        runtime.database.dispose()


def _stranger(runtime: Runtime, slug: str) -> Caller:
    return Caller(runtime, PUBLIC, "command").of_body(slug)


def _body_id(runtime: Runtime, slug: str) -> UUID | None:
    try:
        return UUID(str(_stranger(runtime, slug).read(bodies.profile).id))
    except NotFound:
        return None


@cli.command(
    epilog="Example: mentorcert init --slug iberia --name 'Iberia' --admin-email a@example.org --demo"
)
def init(  # noqa: PLR0913 - every option is one thing that a body's identity needs
    slug: Annotated[
        str, typer.Option(help="Short name of the body, used in its addresses: small letters, hyphens.")
    ],
    name: Annotated[str, typer.Option(help="Legal name of the body.")],
    admin_email: Annotated[
        str, typer.Option(help="E-mail address with which its first administrator signs in.")
    ],
    *,
    admin_name: Annotated[str, typer.Option(help="The administrator's name.")] = "Administrator",
    admin_password_file: Annotated[
        Path | None,
        typer.Option(help="File with the password; else MENTORCERT_ADMIN_PASSWORD, else you are asked."),
    ] = None,
    registration_no: Annotated[
        str, typer.Option(help="Number in the register of companies or associations.")
    ] = "",
    jurisdiction: Annotated[str, typer.Option(help="Country or region under whose law it stands.")] = "",
    address: Annotated[str, typer.Option(help="Postal address.")] = "",
    time_zone: Annotated[str, typer.Option(help="Where its calendar days begin.")] = "Europe/Madrid",
    language: Annotated[str, typer.Option(help="Its first language, two letters.")] = "en",
    demo: Annotated[bool, typer.Option("--demo", help="A demonstration: every certificate says so.")] = False,
) -> None:
    """Set up a body: database, keys and first administrator. Running it again completes what is missing."""
    missing = "not given (demonstration)" if demo else ""
    identity = _checked(
        BodyCreate, slug=slug, legal_name=name, registration_no=registration_no or missing, is_demo=demo,
        jurisdiction=jurisdiction or missing, address=address or missing, time_zone=time_zone,
        language=language,
    )  # fmt: skip
    administrator = _checked(
        RegistrationCreate, printed_name=admin_name, language=language, email=admin_email,
        password=_password(admin_password_file),
    )  # fmt: skip
    with _opened() as runtime:
        _set_up(runtime, identity, administrator)
    _out.print(f"{escape(name)} is set up in {runtime.settings.data_folder}. Next: mentorcert serve")


def _set_up(runtime: Runtime, identity: BodyCreate, administrator: RegistrationCreate) -> None:
    """Do what a body still lacks, so that an interrupted set-up is completed by doing it again."""
    known = _body_id(runtime, identity.slug)
    caller = Caller(runtime, system(known or new_id()), "init")
    if known is None:
        caller.write(bodies.establish, identity)
    _make_keys(caller, identity.slug)
    try:
        caller.write(accounts.first_administrator, administrator)
    except Conflict as conflict:
        if conflict.code != "email_taken":
            raise
        _out.print(f"{administrator.email} has an account already; its password stays as it is.")


def _make_keys(caller: Caller, slug: str) -> None:
    """Make the keys that a body lacks, and outside production a test seal that is labelled as one."""
    runtime = caller.runtime
    present = {row.purpose for row in _stranger(runtime, slug).read(bodies.public_keys)["items"]}
    for purpose in (Purpose.TOKENS, Purpose.LOG, Purpose.EXCHANGE):
        if purpose not in present:
            caller.write(bodies.add_key, purpose)
    assert caller.claim.body_id is not None
    for purpose in (Purpose.FILES, Purpose.ITEMS):
        runtime.keyring.newest_secret(caller.claim.body_id, purpose)
    if Purpose.SEAL in present:
        return
    if runtime.settings.mode is Mode.PRODUCTION:
        _out.print("No seal was made: production needs one from an authority that others trust.")
    else:
        caller.write(bodies.make_seal_authority)


def _password(file: Path | None) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8").strip()
    given = os.environ.get("MENTORCERT_ADMIN_PASSWORD")
    return given or str(
        typer.prompt("Password of the administrator", hide_input=True, confirmation_prompt=True)
    )


def _checked(schema: type[Any], **values: object) -> Any:
    """Refuse what the service would refuse, naming the option instead of the field."""
    try:
        return schema.model_validate(values)
    except ValidationError as fault:
        options = {"legal_name": "name", "email": "admin-email", "printed_name": "admin-name"}
        wrong = [(str(error["loc"][0]), str(error["msg"])) for error in fault.errors()]
    told = [
        "the password must have 12 characters or more" if field == "password"
        else f"--{options.get(field, field).replace('_', '-')}: {message}"
        for field, message in wrong
    ]  # fmt: skip
    raise CommandError(f"{'; '.join(told)}. A demonstration (--demo) needs no legal identity.")


@cli.command(epilog="Example: mentorcert serve --host 0.0.0.0 --port 8080")
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
) -> None:
    """Serve the API and the pages. On SQLite jobs run inside; on PostgreSQL also start `worker`."""
    with _opened() as runtime:
        if not runtime.database.is_sqlite:
            _out.print("Background jobs run in `mentorcert worker`: start at least one beside this.")
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, _leave)  # the server puts its own in front and calls these when it has ended
        with work_beside.beside(runtime) if runtime.database.is_sqlite else nullcontext():
            _out.print(f"Serving {runtime.settings.public_url} on {host}:{port}; the API is told at /docs.")
            uvicorn.run(
                create_app(runtime), host=host, port=port, log_level="warning", timeout_graceful_shutdown=10
            )


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


@cli.command(epilog="Example: DATABASE_URL=postgresql://… mentorcert worker")
def worker() -> None:
    """Run background jobs and keep the logs up to date, beside `serve` on PostgreSQL. Stop with Ctrl-C."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    with _opened() as runtime:
        if runtime.database.is_sqlite:
            raise CommandError("On SQLite the jobs run inside `mentorcert serve`; a worker needs PostgreSQL.")
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, end)
        _out.print("Working.")
        work_beside.run(runtime, stop)


@cli.command(epilog="Example: mentorcert demo --serve")
def demo(
    *,
    serve: Annotated[
        bool,
        typer.Option(
            "--serve", help="Serve what the last one left, to click through; act it out if need be."
        ),
    ] = False,
) -> None:
    """Act out the life of one certificate over HTTP, with a service of its own in the folder `.demo`."""
    if not (_CLIENTS / "mentorcert_client").exists():
        raise CommandError(
            "The generated client is missing: run `make demo` in a checkout, which makes it first."
        )
    environment = {**os.environ, "PYTHONPATH": str(_CLIENTS)}
    command = [sys.executable, "-m", "app.demo", *(["--serve"] if serve else [])]
    os.execve(sys.executable, command, environment)  # noqa: S606 - our own program; it gets the signals itself


@cli.command(
    epilog="Example: mentorcert verify certificate.pdf --body iberia --url https://certify.example.org"
)
def verify(
    file: Annotated[Path, typer.Argument(help="The certificate as PDF.")],
    body: BodyOption,
    url: Annotated[
        str, typer.Option(help="Ask the service at this address instead of this installation.")
    ] = "",
) -> None:
    """Verify a certificate: its seal, its completeness, its status today. Exit code 0 only if all is well."""
    content = file.read_bytes()
    told = _ask(url, body, content) if url else _look(body, content)
    table = Table("check", "verdict", "reason")
    for check in told["checks"]:
        table.add_row(check["name"], check["verdict"], check["reason"])
    _out.print(table)
    _out.print("[green]All is well.[/green]" if told["is_ok"] else "[red]Not everything is well.[/red]")
    raise typer.Exit(0 if told["is_ok"] else 1)


def _look(body: str, content: bytes) -> dict[str, Any]:
    with _opened() as runtime:
        return upload.verify(_stranger(runtime, body), content).model_dump(mode="json")


def _ask(url: str, body: str, content: bytes) -> dict[str, Any]:
    address = f"{url.rstrip('/')}/public/v1/bodies/{body}/verifications"
    try:
        answer = httpx.post(
            address, files={"file": ("certificate.pdf", content, "application/pdf")}, timeout=60
        )
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
    except (httpx.HTTPError, ValueError) as fault:
        raise CommandError(f"{address} gave no verification: {fault}") from None
    return told


@log.command(epilog="Example: mentorcert log export --body iberia --out export-2026")
def export(
    body: BodyOption,
    out: Annotated[Path, typer.Option(help="New or empty folder for the export.")],
) -> None:
    """Export a body's log and every audited record of one instant, with the verifier that checks them."""
    if out.exists() and any(out.iterdir()):
        raise CommandError(f"{out} is not empty: name a new folder, so that nothing old is taken for new.")
    with _opened() as runtime:
        body_id = _body_id(runtime, body)
        if body_id is None:
            raise CommandError(f"There is no body {body} in this installation.")
        Caller(runtime, system(body_id), "export").disclose(service.note_export)
        releasing.export(runtime, body_id, out)
    _out.print(f"Written to {out}. Check it with: mentorcert log verify {out}")


@log.command("verify", epilog="Example: mentorcert log verify export-2026 --guard iberia-guard.json")
def verify_log(
    folder: Annotated[Path, typer.Argument(help="Folder or zip file of an export.")],
    guard: Annotated[
        Path | None, typer.Option(help="Head of the log kept elsewhere; the export must continue it.")
    ] = None,
    vkey: Annotated[str, typer.Option(help="The body's published log key.")] = "",
) -> None:
    """Check an export with the offline verifier, a program that shares no code with the service."""
    command = [sys.executable, str(OFFLINE / "mentorcert_verify.py"), str(folder)]
    command += ["--guard", str(guard)] if guard else []
    command += ["--vkey", vkey] if vkey else []
    raise typer.Exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - our own program


@cli.command(epilog="Example: mentorcert openapi --out openapi/openapi.json")
def openapi(
    out: Annotated[Path | None, typer.Option(help="File to write; else it is printed.")] = None,
) -> None:
    """Write the API's contract (OpenAPI 3.1)."""
    with tempfile.TemporaryDirectory() as folder:  # the contract does not depend on an installation
        url = f"sqlite:///{folder}/none.db"
        runtime = make_runtime(Settings(url, Path(folder), key_passphrase=new_secret(), mode=Mode.TEST))
        document = contract(create_app(runtime))
        runtime.database.dispose()
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

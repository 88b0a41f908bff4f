"""What the demonstration shows: steps, refusals among them, one line of JSON, and the way in afterwards."""

import json

from mentorcert_client.models import Problem
from rich.console import Console
from rich.markup import escape

from app.demo.keeping import Kept


class Show:
    """Prints the steps and remembers the refusals."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._step = 0
        self.refusals: list[str] = []

    def step(self, title: str) -> None:
        """Begin a step of a certificate's life."""
        self._step += 1
        self._console.print(f"\n[bold]{self._step:>2}  {escape(title)}[/bold]")

    def line(self, text: str) -> None:
        """Show one thing that happened."""
        self._console.print(f"    {escape(text)}", soft_wrap=True)

    def refused(self, attempt: str, problem: Problem) -> None:
        """Show an attempt that the service refused, and remember it with the code of the refusal."""
        self.refusals.append(f"{attempt}: {problem.code}")
        self._console.print(f"    {escape(attempt)}:", soft_wrap=True)
        self._console.print(f"    [red]refused[/red]  {escape(problem.detail)}", soft_wrap=True)

    def way_in(self, url: str, kept: Kept) -> None:
        """Show where to look at what was left, and with what to sign in."""
        self._console.print(
            f"\n[bold]A demonstration body is served at {url}[/bold] until you press Ctrl-C.\n"
        )
        self.line(f"what the QR code opens      {url}/v/{kept.slug}/{kept.code}")
        self.line(f"check a certificate         {url}/verify/{kept.slug}   (try {kept.number}, or the PDF)")
        self.line(f"the holder's certificates   {url}/me/{kept.slug}   (sign in as {kept.people[0].email})")
        self.line(f"the rules, requirement by requirement   {url}/schemes/{kept.slug}")
        self.line(f"find a mentor               {url}/mentors/{kept.slug}")
        self.line(f"the API                     {url}/docs   (everyone else works through it)")
        self._console.print(f"\n    Password of everyone: [bold]{escape(kept.password)}[/bold]\n")
        for person in kept.people:
            self.line(f"{person.email:<35} {person.name}")
        self._console.print()
        self.line(f"An access token for the API: POST {url}/public/v1/bodies/{kept.slug}/tokens")
        self.line(f'with {{"grant": "password", "email": "{kept.people[0].email}", "password": "…"}}')

    def end(self, result: dict[str, object]) -> None:
        """Print the result as the one line of JSON that a program can read."""
        self._console.print()
        self._console.file.write(json.dumps(result, ensure_ascii=False) + "\n")

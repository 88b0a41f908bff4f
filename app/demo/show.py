"""What the demonstration shows: one line per step, refusals among them, and one line of JSON at the end."""

import json

from mentorcert_client.models import Problem
from rich.console import Console
from rich.markup import escape


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
        self._console.print(
            f"    [red]refused[/red] {escape(attempt)}: {escape(problem.detail)}", soft_wrap=True
        )

    def end(self, result: dict[str, object]) -> None:
        """Print the result as the one line of JSON that a program can read."""
        self._console.print()
        self._console.file.write(json.dumps(result, ensure_ascii=False) + "\n")

"""The refusals of this package: typed, with a code for machines and the facts that a message needs."""


class AssessmentError(ValueError):
    """An input breaks the contract of a measurement rule; `code` says which, `facts` say where."""

    def __init__(self, code: str, **facts: object) -> None:
        named = ", ".join(f"{name}={value!r}" for name, value in facts.items())
        super().__init__(f"{code}: {named}" if named else code)
        self.code = code
        self.facts = facts


class NotEstimable(AssessmentError):  # noqa: N818 - the name says what is the case, as its callers read it
    """The input is sound, but the quantity asked for is not defined, or not defensible, for it."""

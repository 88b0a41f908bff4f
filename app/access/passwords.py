"""The only home of password hashing: argon2id with declared parameters."""

from passlib.context import CryptContext

from app.core.settings import Settings


class Passwords:
    """Hashes and checks passwords; unknown users cost as much time as known ones."""

    def __init__(self, settings: Settings) -> None:
        self._context = CryptContext(
            schemes=["argon2"],
            argon2__type="ID",
            argon2__memory_cost=settings.argon2_memory_kib,
            argon2__rounds=settings.argon2_rounds,
            argon2__parallelism=1,
        )
        self._decoy = self._context.hash("a password that nobody has")

    def hash(self, password: str) -> str:
        """Return the salted hash to be stored."""
        return str(self._context.hash(password))

    def check(self, password: str, stored: str | None) -> bool:
        """Tell whether the password is right; with no stored hash do the same work and say no."""
        right = bool(self._context.verify(password, stored or self._decoy))
        return right and stored is not None

"""Read a scheme package from its folder and check it: against the JSON Schema, then against itself."""

from app.schemes.packaging.checking import check_package
from app.schemes.packaging.finding import Finding
from app.schemes.packaging.reading import PackageError, read_package
from app.schemes.packaging.succession import check_succession

__all__ = ["Finding", "PackageError", "check_package", "check_succession", "read_package"]

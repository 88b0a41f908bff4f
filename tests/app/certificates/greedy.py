"""Stands in for the reading process: asks for too much memory, and would then say that all is well."""

import json
import sys

from app.certificates.inspection import CheckName
from app.certificates.inspection_process import _limit

_limit(20)
bytearray(2 * 1024 * 1024 * 1024)
sys.stdout.write(
    json.dumps({"checks": [[name, "ok", ""] for name in CheckName], "number": None, "code": None})
)

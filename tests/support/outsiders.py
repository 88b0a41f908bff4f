"""What programs that we did not write say of a sealed certificate."""

import re
import subprocess
from datetime import datetime
from pathlib import Path


def signed_parts(pdf: bytes) -> tuple[bytes, bytes, bool]:
    """Cut out what was signed and the signature; say whether the ranges reach from end to end."""
    ranges = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf)
    assert ranges
    start, first, second, last = (int(number) for number in ranges.groups())
    content = pdf[start : start + first] + pdf[second : second + last]
    padded = bytes.fromhex(pdf[start + first + 1 : second - 1].decode())
    length = int.from_bytes(padded[2:4], "big") + 4  # DER: 30 82 and two bytes of length
    return content, padded[:length], start == 0 and second + last == len(pdf)


def openssl_says(pdf: bytes, folder: Path, *, root: bytes, at: datetime) -> bool:
    content, signature, _ = signed_parts(pdf)
    (folder / "content").write_bytes(content)
    (folder / "signature.der").write_bytes(signature)
    (folder / "root.pem").write_bytes(root)
    done = subprocess.run(
        ["openssl", "cms", "-verify", "-inform", "DER", "-in", "signature.der", "-content", "content",
         "-binary", "-CAfile", "root.pem", "-purpose", "any", "-attime", f"{at.timestamp():.0f}",
         "-out", "/dev/null"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ("successful" in done.stderr) == (done.returncode == 0)
    return done.returncode == 0


def pdfsig_says(pdf: bytes, folder: Path, *, root: bytes) -> str:
    """Ask poppler, with the root trusted; no certificate here names an online service, so none is asked."""
    (folder / "f.pdf").write_bytes(pdf)
    (folder / "root.pem").write_bytes(root)
    (folder / "nss").mkdir()
    for command in (
        ["certutil", "-N", "-d", "sql:nss", "--empty-password"],
        ["certutil", "-A", "-d", "sql:nss", "-n", "root", "-t", "CT,CT,CT", "-i", "root.pem"],
    ):
        subprocess.run(command, cwd=folder, check=True)
    done = subprocess.run(
        ["pdfsig", "-nssdir", "sql:nss", "f.pdf"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout


def flipped(pdf: bytes) -> bytes:
    """Change one bit inside the drawing of the page, which leaves the file well-formed."""
    at = pdf.index(b"stream\n") + 60
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]

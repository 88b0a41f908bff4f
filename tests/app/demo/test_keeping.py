"""A finished demonstration can be served again, exactly where its certificate says it is."""

import socket
import stat

import pytest

from app.demo.keeping import Kept, SignIn, keep, kept_in
from app.demo.stage import StageError, reopened

KEPT = Kept(
    8000, "demo-1", "SME-BM-2026-00001", "15PC0WQEVRRBA6NVKSQ9", "secret", (SignIn("Zoë", "z@demo.example"),)
)


def test_what_was_kept_is_found_again_by_its_owner_alone(tmp_path):
    keep(tmp_path, KEPT)

    [path] = tmp_path.iterdir()
    assert kept_in(tmp_path) == KEPT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_found_where_no_demonstration_came_to_its_end(tmp_path):
    assert kept_in(tmp_path) is None


def test_a_demonstration_is_not_served_elsewhere_than_its_certificate_says(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        kept = Kept(port, "demo-1", "n", "c", "p", ())

        with pytest.raises(StageError, match=f"port {port} is taken"), reopened(tmp_path, kept):
            pass

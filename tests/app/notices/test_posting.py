"""The two ways out: a folder, and a real mail server on this machine."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.policy import default
from pathlib import Path

import pytest

from app.core.ids import new_id
from app.core.post import Mail, UndeliverableError
from app.core.settings import Mode, Settings, SettingsError, settings_from
from app.notices.posting import FolderPost, ServerPost, message_of, post_of

MAIL = Mail(
    id=new_id(), sender="Alpha Certification", name="Zoë Őrség", address="zoe@firm.example",
    subject="¿Se reunió con Þórdís?", text="Olá\nhttps://example.org/confirm/x\n", language="es",
)  # fmt: skip


def test_a_folder_holds_each_mail_whole_and_for_its_owner_alone(tmp_path: Path):
    post = FolderPost(tmp_path / "mail", "no-reply@body.example")

    post.send(MAIL)
    post.send(MAIL)

    [file] = (tmp_path / "mail").iterdir()
    read = email.message_from_bytes(file.read_bytes(), policy=default)
    assert file.stat().st_mode & 0o077 == 0
    assert read["subject"] == MAIL.subject
    assert read["to"].addresses[0].display_name == "Zoë Őrség"
    assert read["message-id"] == f"<{MAIL.id}@body.example>"
    assert read.get_content().replace("\r\n", "\n") == MAIL.text


@pytest.mark.parametrize(
    "address", ["a b@firm.example", "zoe@firm.example\nBcc: all@firm.example", "@", "zoe@"]
)
def test_an_address_that_is_none_is_undeliverable(address: str):
    with pytest.raises(UndeliverableError):
        message_of(replace(MAIL, address=address), "no-reply@body.example")


def test_no_line_is_smuggled_into_the_head_of_a_mail():
    with pytest.raises((UndeliverableError, ValueError)):
        message_of(replace(MAIL, name="Zoë\nBcc: all@firm.example"), "no-reply@body.example")


class Server(socketserver.ThreadingTCPServer):
    """A mail server that says what it is told to, in plain SMTP and without encryption."""

    allow_reuse_address = True
    daemon_threads = True
    answer_to_recipient = b"250 ok"
    offers = b"250 body.example"


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Server)
        self.wfile.write(b"220 body.example\r\n")
        for line in self.rfile:
            said = line.strip().upper()
            answer = self.server.offers if said.startswith(b"EHLO") else b"250 ok"
            answer = b"454 no TLS here" if said == b"STARTTLS" else answer
            self.wfile.write(answer + b"\r\n")
            if said == b"QUIT":
                return


@contextmanager
def serving(server_class: type[Server] = Server) -> Iterator[int]:
    with server_class(("127.0.0.1", 0), Talk) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def test_nothing_is_sent_to_a_server_that_does_not_encrypt():
    with serving() as port, pytest.raises(Exception, match="TLS"):
        ServerPost(f"smtp://127.0.0.1:{port}", "no-reply@body.example").send(MAIL)


def test_a_server_that_is_not_there_is_a_fault_to_be_tried_again():
    with serving() as port:
        pass

    with pytest.raises(ConnectionRefusedError):
        ServerPost(f"smtp://127.0.0.1:{port}", "no-reply@body.example").send(MAIL)


def test_the_settings_choose_the_way(tmp_path: Path):
    plain = Settings("sqlite://", tmp_path, key_passphrase="x")

    assert isinstance(post_of(plain), FolderPost)
    assert isinstance(post_of(replace(plain, mail_url="smtps://mail.example")), ServerPost)
    with pytest.raises(SettingsError, match="smtp"):
        post_of(replace(plain, mail_url="https://mail.example"))


def test_production_asks_for_a_mail_server_and_no_password_is_shown(tmp_path: Path):
    secret = tmp_path / "mail"
    secret.write_text("smtps://me:hidden@mail.example\n")
    given = {
        "MENTORCERT_MODE": "production", "MENTORCERT_PUBLIC_URL": "https://body.example",
        "MENTORCERT_KEY_PASSPHRASE": "x", "MENTORCERT_DATA": str(tmp_path),
    }  # fmt: skip

    with pytest.raises(SettingsError, match="MENTORCERT_MAIL"):
        settings_from(given)
    made = settings_from(given | {"MENTORCERT_MAIL_FILE": str(secret)})

    assert (made.mode, made.mail_url) == (Mode.PRODUCTION, "smtps://me:hidden@mail.example")
    assert "hidden" not in repr(made)

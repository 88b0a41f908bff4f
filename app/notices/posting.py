"""The two ways out: a folder that a person or another program empties, and a mail server."""

import contextlib
import smtplib
import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.core.ids import new_id
from app.core.post import Mail, Post, UndeliverableError
from app.core.settings import Settings, SettingsError

_TIMEOUT_SECONDS = 20
_REFUSED_FOR_GOOD = range(500, 600)
_PORTS = {"smtp": 587, "smtps": 465}


class FolderPost:
    """Lays each mail into a folder as a file of its own."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder, self._sender = folder, sender

    def send(self, mail: Mail) -> None:
        """Write the mail under its id; whoever looks finds it whole or not at all."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{new_id()}"
        draft.touch(mode=0o600)
        draft.write_bytes(message_of(mail, self._sender).as_bytes())
        draft.replace(self._folder / f"{mail.id}.eml")


class ServerPost:
    """Hands each mail to a mail server, encrypted on the way."""

    def __init__(self, url: str, sender: str) -> None:
        self._parts, self._sender = urlsplit(url), sender

    def send(self, mail: Mail) -> None:
        """Hand the mail over; what the server refuses for good is undeliverable, the rest is tried again."""
        message = message_of(mail, self._sender)
        with self._connected() as server:
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused as refused:
                if all(code in _REFUSED_FOR_GOOD for code, _ in refused.recipients.values()):
                    raise UndeliverableError(mail.id) from None
                raise

    def _connected(self) -> smtplib.SMTP:
        host, port = self._parts.hostname or "", self._parts.port or _PORTS[self._parts.scheme]
        context = ssl.create_default_context()
        with contextlib.ExitStack() as undo:
            server: smtplib.SMTP
            if self._parts.scheme == "smtps":
                server = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_SECONDS, context=context)
            else:
                server = smtplib.SMTP(host, port, timeout=_TIMEOUT_SECONDS)
            undo.callback(server.close)
            if self._parts.scheme == "smtp":
                server.starttls(context=context)
            if self._parts.username:
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
            undo.pop_all()
        return server


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """Return the mail as a message; raise UndeliverableError for an address that no mail can go to."""
    is_plain = mail.address.isascii() and sender.isascii()
    message = EmailMessage(policy=SMTP if is_plain else SMTPUTF8)
    try:
        message["From"] = Address(mail.sender, addr_spec=sender)
        message["To"] = Address(mail.name, addr_spec=mail.address)
    except (MessageError, ValueError, IndexError):
        raise UndeliverableError(mail.id) from None
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence note answers it
    message.set_content(mail.text)
    return message


def post_of(settings: Settings) -> Post:
    """Return the way out that the settings name; raise SettingsError for one that we do not know."""
    if settings.mail_url is None:
        return FolderPost(settings.data_folder / "mail", settings.mail_sender)
    if urlsplit(settings.mail_url).scheme not in _PORTS:
        raise SettingsError("MENTORCERT_MAIL must begin with smtp:// or smtps://.")
    return ServerPost(settings.mail_url, settings.mail_sender)

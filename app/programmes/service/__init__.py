"""Use cases of programmes, in families: programmes, indicators, windows, requests, replies, members, work."""

from app.programmes.service.indicators import define, enter
from app.programmes.service.indicators import listed as indicators
from app.programmes.service.linking import link, own_links, unlink, work_in
from app.programmes.service.members import induct, let_go, members
from app.programmes.service.programmes import close, plan, read, revise, search, start, told
from app.programmes.service.replies import read as read_replies
from app.programmes.service.replies import reply
from app.programmes.service.requests import ask, in_window, own, part, rank
from app.programmes.service.statements import (
    own_statement,
    own_statement_sheet,
    statement,
    statement_sheet,
)
from app.programmes.service.windows import announce, waiting_list
from app.programmes.service.windows import listed as windows
from app.programmes.service.windows import revise as revise_window

__all__ = [
    "announce",
    "ask",
    "close",
    "define",
    "enter",
    "in_window",
    "indicators",
    "induct",
    "let_go",
    "link",
    "members",
    "own",
    "own_links",
    "own_statement",
    "own_statement_sheet",
    "part",
    "plan",
    "rank",
    "read",
    "read_replies",
    "reply",
    "revise",
    "revise_window",
    "search",
    "start",
    "statement",
    "statement_sheet",
    "told",
    "unlink",
    "waiting_list",
    "windows",
    "work_in",
]

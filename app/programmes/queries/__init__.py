"""What is asked about programmes; a person's own questions filter by person, so that others' are 404."""

from app.programmes.queries.indicators import indicator_for_update, indicators, values_of
from app.programmes.queries.intake import (
    batch,
    own_request,
    own_requests,
    request,
    request_for_update,
    requests_in,
    requests_page,
    seen_request,
    window,
    window_for_update,
    windows,
)
from app.programmes.queries.members import (
    is_linked,
    links,
    members,
    memberships_of,
    standing_link,
    standing_links,
)
from app.programmes.queries.programmes import by_code, by_id, for_update, listed, not_closed

__all__ = [
    "batch",
    "by_code",
    "by_id",
    "for_update",
    "indicator_for_update",
    "indicators",
    "is_linked",
    "links",
    "listed",
    "members",
    "memberships_of",
    "not_closed",
    "own_request",
    "own_requests",
    "request",
    "request_for_update",
    "requests_in",
    "requests_page",
    "seen_request",
    "standing_link",
    "standing_links",
    "values_of",
    "window",
    "window_for_update",
    "windows",
]

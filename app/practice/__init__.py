"""A mentor's practice: engagements with SMEs, their sessions, what mentees confirm, and other records.

An *engagement* is the mentoring of one SME for some months; its growth phase is fixed at its start. A
*session* is part of one engagement. A session counts once the mentee confirmed it by a one-time link, or a
named programme or referee attested it. A *milestone* is noted with the *indicators* that showed it, and the
mentee confirms it by the same link; a *badge* thanks for it in public, if the mentor wants. *Evidence* is
handed in for an engagement or a record, in versions that never change; the *portfolio* is what those who
assess are shown of all that. `measure` answers what a scheme asks of a person's practice.

    engagement: open -> completed | ended        session: logged -> attested -> confirmed | disputed
    milestone: noted -> confirmed | disputed      badge: awarded -> revoked
"""

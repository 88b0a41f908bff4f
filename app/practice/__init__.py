"""A mentor's practice: engagements with SMEs, their sessions, what mentees confirm, and other records.

An *engagement* is the mentoring of one SME for some months; its growth phase is fixed at its start. A
*session* is part of one engagement. A session counts once the mentee confirmed it by a one-time link, or a
named programme or referee attested it. `measure` answers what a scheme asks of a person's practice.

A *milestone* is noted with the *indicators* that showed it, and the mentee confirms it by the same link; a
*badge* thanks for it in public, if the mentor wants. *Evidence* is handed in for an engagement or a record,
in versions that never change; the *portfolio* is what those who assess are shown of all that.

At three *reviews* of an engagement mentor, mentee and staff look back, each side once, and nobody is judged
by it. *Figures* of a firm before and after are kept by its own *consent*: context for assessors, and no
measure.

A *record* is what a mentor shows beside sessions; it has one of a closed set of kinds and may name a *type of
activity*, which is data of the body.

When the need changes, an ended engagement may be *handed over* to another mentor; each keeps her own hours.
All of a mentor's practice may leave as a signed *transcript* and enter at a body that trusts the first.

    engagement: open -> completed | ended        session: logged -> attested -> confirmed | disputed
    hand-over: offered -> accepted | declined | withdrawn
    milestone: noted -> confirmed | disputed      badge: awarded -> revoked
    review: to_come -> open -> answered | closed
"""

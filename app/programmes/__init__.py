"""Programmes: what a region or a funder runs, and in which mentors work with SMEs.

A *programme* has dates, funders and *indicators* of its own; nothing of it is a criterion of certification,
and a certificate outlives it. Mentors *ask* to join within an *intake window*; the manager *ranks* the
requests and *replies*, many at once if she likes. A place that gets free goes to the first in line on the
*waiting list*. A *member* is who was offered a place and was *inducted*; only then may she link engagements.
A *statement of work* tells a month's sessions and hours, for payment elsewhere: this service pays nobody.

No requirement can name an indicator: the measures that requirements know are a closed list in the schema of
scheme packages and in `app.practice.rules.Measure`, both of which lie below and know no programme; an
indicator in turn is refused a name of that list.

    programme: planned -> running -> closed
    request:   asked -> offered -> member -> left    asked -> waiting -> offered
               asked, offered, waiting -> declined | withdrawn

Rules: PRG-1 within its dates and never reopened; PRG-2 no more places than the window has; PRG-3 no work in
the programme before induction; PRG-4 a period is counted once; PRG-5 a refusal is reasoned.
"""

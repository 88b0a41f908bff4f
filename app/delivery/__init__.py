"""Examinations as they are held: plan, slots, attempts, sittings and recordings, incidents, what others hold.

A candidate's *plan* tells what she still has to take and what stands before it. She *books* a place in a
*slot*, is *checked in* with identity, agreement and aids in order (SEC-2), and only then may begin. An
*attempt* is one candidate's work on one form, timed by the server; a *sitting* is the occasion on which
assessors see a candidate, and may be kept as a *recording* to which all in it agreed, until a day; a
*formative completion* says that a continuing assessment took place, and bars its author from examining. An
accepted *external* examination stands for a component. An open *incident* holds results back.

States of an attempt: open → submitted; then, once, concluded as passed or failed when its result is released.
States of a booking: booked → checked_in → held; or moved, cancelled, no_show.
"""

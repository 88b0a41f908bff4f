"""Examinations as they are held: attempts at forms, sittings of judged components, formative ones.

An *attempt* is one candidate's work on one form, timed by the server; a *sitting* is the occasion on which
assessors see a candidate; a *formative completion* says that a continuing assessment took place, and bars its
author from examining. All final components wait for the formative ones that the scheme demands.

States of an attempt: open → submitted; then, once, concluded as passed or failed when its result is released.
"""

"""People of a body, whatever they do for it or want from it, and their dated appointments.

Impartiality is judged on persons, so a person exists once per body, with as many accounts as need be.
"""

"""The public pages of schemes: which there are, what each demands, and what each version changed.

Requirements are told by sentences made from the very objects that the engine evaluates (PUB-3), so that a
page cannot say anything else than what is asked.
"""

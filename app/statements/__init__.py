"""Statements: what a person's skill card said on one day, as a sealed PDF that certifies nobody (7.0).

Words: a *statement* rests on one source, her own rating or the assessors', and names it; the two are never
mixed. A *skill card* is always possible, also self-rated, and then says in large words that nobody has
checked it. A *level statement* rests on assessors' ratings alone, and only for a level that the scheme does
not certify. A statement has no validity and no status: a later one makes it older, nothing makes it void.
Its *content* is the one frozen object from which document, verification and answers are rendered.
"""

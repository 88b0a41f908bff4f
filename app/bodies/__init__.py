"""Certification bodies, the tenants of the service: identity, accreditation, keys, settings, documents.

Words: an *authority* is the small chain of certificates (root, issuing, seal) under which a body seals its
documents; a *test authority* is one that the service made itself, and every certificate in it says so.
"""

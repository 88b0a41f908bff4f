"""Certification bodies: each is a tenant with its identity, time zone and keys.

A body is established by a command on the machine, never over the network. Its key rows hold the public
halves; the private ones lie in the key store. Once used, a key is retired, never removed, so that what it
signed stays verifiable.

What anyone may read before applying stands in *documents*, six kinds in versions of their own, by language;
while one is missing, no scheme goes public and nobody applies (PUB-4).
"""

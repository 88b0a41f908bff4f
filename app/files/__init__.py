"""Bytes that the service keeps: evidence handed in, documents made here.

Words: a *file* is what is known about some bytes (SHA-256, size, type as the bytes themselves show it); its
*content* lies apart, encrypted under the body's key for files unless it is public. It never changes; once its
time is over it is emptied.
"""

"""Signing in: passwords, access tokens, rotating refresh tokens, machine clients, invitations.

An access token is short and stateless; every work still asks whether its sign-in, account and appointments
hold. A refresh token works once. If an old one comes back, somebody copied it, and the whole sign-in ends.
"""

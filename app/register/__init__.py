"""The public register: anyone may ask whether a certificate holds, by number, code or with the file itself.

Words: a *verification* is a list of checks, each ok, failed or not made with its reason, and the register's
own entry beside it. It is ok only when every check is. The status is that of the instant of asking and is
never kept (PUB-2). A statement is found by the same ways and always told as a *statement*: it has checks and
no status, it is never ok, and what it says is told only to who has its code or its file.
"""

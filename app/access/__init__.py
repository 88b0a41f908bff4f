"""Who may do what: actors, roles, the permission matrix, accounts and appointments, tokens and passwords.

A person acts through an account; permissions come from dated appointments (GEN-4). `tokens` is the only home
of JWT, `passwords` the only home of password hashing.
"""

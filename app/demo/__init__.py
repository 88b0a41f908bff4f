"""The life of one certificate, acted out over HTTP through the generated client, as an outsider would do it.

It knows nothing of the service's inside: it starts the command, speaks to it, and shows what comes back.
Everyone in it is invented, and the certificate says DEMONSTRATION.
"""

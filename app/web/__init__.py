"""Server-rendered pages: verification for anyone, the holder's own certificates. They need no script.

Pages call services through the caller, never tables. Every word comes from the text catalogues, every name is
escaped by the templates, nothing is loaded from elsewhere.
"""

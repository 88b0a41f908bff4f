"""Find a mentor: who lets herself be found, a search that explains its score, and a relay for first contact.

The service informs and never matches by itself. Words: a *listing* is what a certified person says of herself
so that firms find her; a *wish* is what somebody looks for; a *contact* is a stranger's first message, passed
on without showing the mentor's address; a *need* is what an adviser found out about a firm.

What a mentor is certified for is never copied into a listing: it is joined with the certificates that are in
force on the day of asking. Who has none is not shown, whatever her listing says.

    listing   listed <-> withdrawn
    contact   asked -> passed_on -> declined | reported
"""

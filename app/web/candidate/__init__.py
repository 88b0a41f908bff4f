"""The candidate's own pages: what she still has to take and when, and the test itself.

They are plain forms that need no script. On the test's page one script saves beside her, keeps in the browser
what the server does not have yet, and tells the time by the server's clock; what it sends is what the form
would have sent.
"""

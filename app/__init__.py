"""The MentorCert service: everything that touches HTTP, SQL, keys, mail or time."""

"""The pages that the links in mentees' mails open: confirm, look back, tell figures, take consent back.

The secret in the address is the permission. To open a page changes nothing, since mail scanners follow links
too; a link that works once answers its form with a page, for there is nothing left to lead to.
"""

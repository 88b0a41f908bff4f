"""Certificates: frozen content, drawing, seal, inspection of a file that somebody hands in.

Words: *content* is the one frozen object from which every rendering is made (CRT-2); *drawing* turns it
into a PDF, always the same bytes for the same content; *seal* is the electronic signature of the body over
that PDF; *inspection* says what can be proved about a PDF from its own bytes.
"""

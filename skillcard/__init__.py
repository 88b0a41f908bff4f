"""The mentor skill card, as plain values and rules: no clock, no files, no database."""

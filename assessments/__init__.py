"""Measurement as plain values and rules: scoring, standard setting, marking. No clock, no files, no SQL."""

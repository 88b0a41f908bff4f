"""Measurement as plain values and rules: scoring, standard setting, marking; no clock, no files, no database."""

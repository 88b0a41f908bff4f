"""Test security: what in answers and times is unlikely to have come about by honest and independent work.

`option_probabilities` says what a candidate of some ability would choose; `similarity` (omega, GBT) and
`k_index` compare pairs of candidates; `response_times` models times, `rapid_guessing` counts answers given
too fast to have been read, `preknowledge` asks whether exposed items were answered faster, `person_fit`
whether a pattern of right answers fits its score. Every result says that it is never sole evidence: it may
open an inquiry and must not by itself end in a finding against a person (Cizek & Wollack 2017).
"""

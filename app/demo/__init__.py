"""The demonstration: content that reads like real work, and the journey that drives it over HTTP."""

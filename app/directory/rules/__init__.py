"""What holds in the directory: the life of listings and contacts, how a search scores, where gaps are."""

"""What the API accepts and tells about the item bank."""

"""What the API accepts and tells about delivery."""

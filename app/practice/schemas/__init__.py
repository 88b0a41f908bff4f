"""What the API accepts and tells about practice, a module for each family of use cases."""

"""What the API accepts and tells about the directory, a module for each family of use cases."""

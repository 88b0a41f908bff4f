"""What the API accepts and tells about programmes, a module for each family of use cases."""

"""What the API accepts and tells about marking, a module for each family of use cases."""

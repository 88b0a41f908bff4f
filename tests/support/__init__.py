"""What the tests stand on: databases made by migrations, a world to act in, a clock that stands still."""

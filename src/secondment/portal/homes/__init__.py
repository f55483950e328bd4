"""What each role finds on its home page."""

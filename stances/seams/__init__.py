"""What leans on things that nobody promises: three, each with a test that fails when they move."""

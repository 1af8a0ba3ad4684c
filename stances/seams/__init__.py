"""What leans on things that nobody promises: two, each with a test that fails when they move."""

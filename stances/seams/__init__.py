"""Two modules that rest on what nobody promises, each with a test that fails when that changes."""

"""The page of the members of a group."""

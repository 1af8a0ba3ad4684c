"""The page Compare, a module for each kind of comparison."""

"""The page of data and method: a module for each section."""

"""The page Acts."""

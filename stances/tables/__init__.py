"""Tables, each declared once: what its columns are, as markup on pages and as files."""

"""Links: their parameters, how each is read and written, and the view that they make."""

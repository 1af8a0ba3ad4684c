"""What a link says: its parameters, how each is read and written, and the view that they make."""

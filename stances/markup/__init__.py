"""Answers as HTML, in pieces that pages have with and without a script. Every text is escaped."""

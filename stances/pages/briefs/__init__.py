"""Briefs to be printed: what is known of an actor on one page, and of a group on three, as PDF."""

"""Filters of the pages that list: from their address, in words, and what fits them."""

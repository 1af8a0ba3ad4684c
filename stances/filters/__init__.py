"""What the pages that list look for: the filters of their address, in words, and what fits them."""

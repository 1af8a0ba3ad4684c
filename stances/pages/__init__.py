"""What each page is made of: blocks, of five kinds, for every way in which a page is shown."""

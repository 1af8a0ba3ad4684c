"""Pages as blocks, of five kinds, for every way in which a page is shown."""

"""Pages as they are read before a script has run, or without any: the same answers as HTML."""

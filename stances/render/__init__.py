"""Pages as they are read before a script has run, or without any, as HTML, and briefs as PDF."""

"""Pages as HTML: the blocks of `pages/` in Jinja templates, the same for a reader without scripts."""

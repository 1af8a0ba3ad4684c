"""Pages as HTML: blocks of `pages/` in Jinja templates, the same before and without scripts."""

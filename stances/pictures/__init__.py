"""Pictures of views, to be shared: the answers of the pages with title, legend and source, as SVG
of our own and as PNG.
"""

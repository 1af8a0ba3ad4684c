"""Plotly figures: a table goes in, a `go.Figure` comes out. They know no web framework."""

"""Plotly figures: a table goes in, what plotly takes comes out. They know no web framework."""

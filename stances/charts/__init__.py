"""Charts: described once by marks and axes, drawn as SVG, as PNG, and by plotly for Trends."""

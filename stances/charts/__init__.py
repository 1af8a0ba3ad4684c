"""Charts: what of an answer is drawn, as a figure of plotly, and the words around it."""

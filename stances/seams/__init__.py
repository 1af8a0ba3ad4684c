"""Modules that lean on what Streamlit, plotly, the server or the browser do not promise."""

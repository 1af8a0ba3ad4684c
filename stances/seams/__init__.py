"""What leans on things that Streamlit, plotly, the server or the browser do not promise."""

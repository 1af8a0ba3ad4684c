"""The live view, under Streamlit."""

"""One module a question that a user asks: rows, sentence, alt text. No Streamlit, no HTTP."""

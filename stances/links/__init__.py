"""Addresses: what their parameters mean, which each page and file has, and the view they name."""

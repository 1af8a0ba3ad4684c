"""The desk: where a person keeps a tracker alive. What readers see never imports it."""

"""Queues in which clients take turns, however much one of them asks for."""

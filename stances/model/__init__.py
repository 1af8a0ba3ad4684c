"""From tables to stances: the only place that computes one."""

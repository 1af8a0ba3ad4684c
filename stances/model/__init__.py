"""The model that makes stances of tables: the only place that computes one."""

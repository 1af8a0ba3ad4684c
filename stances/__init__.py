"""Where actors stand on a subject, on any date, and why."""

__version__ = "2.0.0"

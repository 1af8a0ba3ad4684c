"""The columns of how far coders agree (`answers.agreement`)."""

from stances.tables.col import Col

AGREEMENT = [
    Col("kinds", "text", "Who coded: human-human, human-machine or machine-machine"),
    Col("domain", "text", "What it is about: overall, or a field of the codebook"),
    Col("n", "whole", "Events that were scored by two such coders"),
    Col("exact", "number", "Share of these to which both gave the same score"),
    Col("within_one", "number", "Share of these to which both gave scores at most one point apart"),
    Col("alpha", "number", "Krippendorff's alpha for ordinal scores: 1 full agreement, 0 chance"),
    Col(
        "mean_difference",
        "number",
        "Mean of a person's score less a machine's; else the first coder's less the second's",
    ),
]

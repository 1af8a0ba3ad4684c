"""The commands of `python -m stances`: each module has options(parser) and run(arguments)."""

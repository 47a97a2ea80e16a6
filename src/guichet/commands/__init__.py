"""The commands: `add_arguments(parser)` and `run(options) -> exit code`, one module each."""

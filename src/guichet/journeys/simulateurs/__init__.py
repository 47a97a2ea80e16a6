"""The simulators: one module each, read aloud as a conversation."""

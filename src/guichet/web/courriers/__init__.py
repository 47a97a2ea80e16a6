"""What the caisse and somebody write to each other: letters, attestations, questions, contests; the data of a file."""

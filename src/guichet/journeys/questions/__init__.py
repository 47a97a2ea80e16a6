"""The questions that simulators share. One name is one question: an answer given in one is offered in the others."""

"""Mon compte: what an allocataire reads of their own file, and of nobody else's."""

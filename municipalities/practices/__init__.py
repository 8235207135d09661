"""The room of practices: the catalogue, who takes them up, questions about them, and solutions. Above the registry."""

"""The experience of cities: the catalogue, who takes it up, questions to its owners."""

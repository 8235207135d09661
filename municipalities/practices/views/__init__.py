"""The pages of practices, questions and solutions."""

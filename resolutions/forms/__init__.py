"""Forms of decisions, points and letters. The editor of a decision's text has its own module."""

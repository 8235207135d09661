"""What runs outside requests: tasks with their policy, loops, periodic jobs, and the worker that runs them all."""

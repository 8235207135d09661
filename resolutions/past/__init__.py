"""The past from Excel: decisions of earlier years with their letters, answers, steps and promises, out and in."""

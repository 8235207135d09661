"""The register of letters, one letter with its steps, and many letters from one text."""

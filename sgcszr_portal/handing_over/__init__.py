"""«Передача дел»: all that is open, for whoever takes the secretariat over."""

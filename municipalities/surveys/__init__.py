"""Information exchange: letters with personal links, the board, the summary on screen, in Excel and on paper."""

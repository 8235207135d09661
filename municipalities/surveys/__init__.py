"""The room of information exchange: rounds, personal links, letters, the board, the summary. Above the registry."""

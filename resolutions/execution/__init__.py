"""How a decision is carried out: what was fulfilled, and the report that the next Assembly hears."""

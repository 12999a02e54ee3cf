"""How films are made: shared out, drawn, kept, joined, put in bundles."""

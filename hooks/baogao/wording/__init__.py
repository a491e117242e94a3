"""How things are called: interface words, names, addresses; the marks in a sentence."""

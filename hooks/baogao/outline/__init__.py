"""Source -> Report: the numbered tree, its sentences, its themes."""

"""Publications -> data: CSV, JSON, citations, feeds, the search index."""

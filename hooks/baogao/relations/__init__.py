"""Publications -> what binds them: links, instruments, terms, years and places."""

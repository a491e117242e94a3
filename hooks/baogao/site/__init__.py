"""Publications -> Markdown pages and static files, plain before they are MkDocs pages."""

"""The frame of a page, its looks and its scripts: a theme of MkDocs that extends Material."""

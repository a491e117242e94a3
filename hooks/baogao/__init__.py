"""baogao: Chinese government annual reports as a site that people read, search, cite and take figures from.

Wings, each importing only those before it: rules and the ground (model, ids, folding, messages), readers, outline,
figures, translation, publication, relations, wording, export, site; cli and plugin stand at the edge.
"""

__version__ = "0.1.0"

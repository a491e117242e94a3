"""baogao: Chinese government annual reports as a site that people read, search, cite and take figures from.

The stages, each pure, each importing only those before it:
model, source, outline, themes, quantity, figures, marks, data, pages; cli and publish stand at the edge.
"""

__version__ = "0.1.0"

"""Markdown templates. They decide nothing: pages.py hands them finished values."""

"""Bytes of a file -> Source: decoded, the portal's words told from the report's own, its particulars read."""

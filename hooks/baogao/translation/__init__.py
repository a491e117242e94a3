"""Report <-> PO: its English, and whether units, numbers and terms of it agree with the Chinese."""

"""Records of any page -> an index that a browser searches without a server; nothing here knows what a report is."""

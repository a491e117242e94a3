"""A report with what people added to it: sidecar, corrections, English; what is in doubt; a folder read."""

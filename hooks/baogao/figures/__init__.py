"""Report -> Figures: what is stated in numbers, what each measures, of when, against what; what follows from them."""

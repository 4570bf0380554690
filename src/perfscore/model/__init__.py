"""The nouns of scoring, frozen and free of input and output."""

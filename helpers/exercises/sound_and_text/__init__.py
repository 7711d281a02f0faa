"""What lesson 16 asks."""

EXERCISES = ("spectrogram", "encode_text", "conv1d")

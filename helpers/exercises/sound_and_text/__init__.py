"""What lesson 16 asks."""

EXERCISES = ("spectrogram", "encode_text", "break_encode_text", "conv1d")

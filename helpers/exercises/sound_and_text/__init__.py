"""What lesson 16 asks."""

EXERCISES = ("spectrogram", "encode_text", "conv1d", "break_encode_text")
OPTIONAL = ("break_encode_text",)

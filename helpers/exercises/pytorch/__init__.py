"""What lesson 18 asks."""

EXERCISES = ("conv_out_features", "break_conv_out_features", "torch_network", "to_torch", "votes_to_nchw")
OPTIONAL = ("votes_to_nchw",)

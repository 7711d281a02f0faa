"""Cards and questions: every key is compared with what running says."""

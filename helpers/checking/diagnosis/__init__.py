"""What is wrong with an answer: known mistakes that explain it, causes of errors, and general looks."""

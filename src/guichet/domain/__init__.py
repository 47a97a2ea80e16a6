"""What is true: pure Python. No Django, no numpy, no input or output, no clock."""

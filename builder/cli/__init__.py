"""What is asked on the command line, what is printed, and the exit code."""

"""What a film is about: a lesson, the replay of its run, windows and ranges of its parameters."""

"""Many lectures: the command `lectures`, one verb a file."""

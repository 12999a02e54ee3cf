"""The command's verbs, a file each, and the options that they share."""

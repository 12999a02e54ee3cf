"""How it is told: lecture, title, wording, rehearsal."""

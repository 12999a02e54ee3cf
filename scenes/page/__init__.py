"""The page to watch the lectures on: opens from disk, needs no server and no network. Nothing here imports Manim."""

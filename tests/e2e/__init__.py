"""Real people in a real browser: the whole city as `make run` starts it, and Chromium before it."""

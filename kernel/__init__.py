"""The words every app is written in; the kernel knows nobody above it."""

"""What may be read of getting about."""

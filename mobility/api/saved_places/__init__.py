"""The places that a resident saved."""

"""The outside world of sign-in: letters, text messages, and the fast store for sessions and limits."""

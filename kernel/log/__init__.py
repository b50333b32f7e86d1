"""The one log: append in the business transaction, seal afterwards, replay, prove, retain."""

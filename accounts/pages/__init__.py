"""Pages of the accounts floor that the server renders."""

"""Pages of the wallet that the server renders."""

"""Bank transfers: the files of a bank, what becomes of each movement, and the officers' desk."""

"""What getting about says to people, apart from its refusals."""

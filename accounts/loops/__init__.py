"""Work of the accounts floor that goes on as long as the city lives: messages leave, accounts that closed are let go of."""

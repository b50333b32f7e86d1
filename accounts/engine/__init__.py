"""Pure rules of the accounts floor: telephone numbers and the names of devices."""

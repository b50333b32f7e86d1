"""The doors of referrals."""

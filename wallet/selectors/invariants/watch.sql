-- Accounts that were closed on an alert. Each query returns the rows (ids only) that break the rule above it.

-- = an account that two officers closed is stopped whole, by a freeze of that closing, for good
SELECT format('closing %s', c.id) AS row FROM wallet_alertclosing c WHERE c.is_accepted AND (c.decided_by = c.proposed_by OR NOT EXISTS (
    SELECT FROM wallet_accountfreeze f WHERE f.account_id = c.account_id AND f.about = c.id AND f.scope = 'all' AND f.ended_at IS NULL));

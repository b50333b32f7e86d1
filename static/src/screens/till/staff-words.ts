/** What one is at a shop, as people say it. */
export const ROLE_WORDS = { "merchant.manager": "staff.manager", "merchant.cashier": "staff.cashier" } as const;

"""What becomes of orders in the books; people and apps ask at ``wallet.services.checkout``.

The order is the first lock of whatever changes it; then the card payment, the payment or hold, balances, coupons, budgets.
"""

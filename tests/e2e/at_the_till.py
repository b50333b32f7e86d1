"""A shop's tablet, and who works at it."""

TABLET = {"viewport": {"width": 800, "height": 1280}, "device_scale_factor": 1}


def open_till(cashier) -> str:
    """Sign in at the till; return the shop's id, which stands in the address."""
    cashier.sign_in("会計 見本男")
    cashier.open("/till")
    cashier.says("お会計の金額")
    return cashier.page.url.rpartition("/")[2]

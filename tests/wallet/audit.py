"""What the audit says of a test's books."""

from wallet.selectors.audit import check_ledger


def broken() -> dict[str, list[str]]:
    """Return the rules that are broken, each with rows that break it."""
    return {finding.name: finding.rows for finding in check_ledger() if finding.broken}


def assert_whole() -> None:
    """Let every rule hold."""
    assert broken() == {}

"""The city as OpenID provider: allauth's clients, tokens and validator behind doors of our own (docs/adr/0013).

None of allauth's own addresses is open here: its registration, wildcards, implicit flows and pages stay shut.
"""

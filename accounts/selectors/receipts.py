"""The receipt of a yes: what the person can show to anybody, signed by the city.

Fields follow the Kantara Initiative's Consent Receipt 1.1, which ISO/IEC TS 27560 took up; ``notice_digest`` names the very words.
"""

from typing import Any

from django.conf import settings

from accounts.models import Grant, Revision

RECEIPT_TYPE = "consent-receipt+jwt"
SENSITIVE = frozenset({"health"})


def receipt_of(grant: Grant, revision: Revision) -> dict[str, Any]:
    """Return the receipt's claims for one grant; only the person's bare key says whose it is."""
    recipient = revision.agreement.recipient
    return {
        "version": "KI-CR-v1.1.0",
        "iss": settings.PUBLIC_URL,
        "jurisdiction": "JP",
        "consentTimestamp": int(grant.given_at.timestamp()),
        "collectionMethod": "phone app, explicit yes",
        "consentReceiptID": str(grant.id),
        "language": "ja",
        "piiPrincipalId": str(grant.subject_id),
        "onBehalfBy": str(grant.given_by) if grant.given_by != grant.subject_id else "",
        "piiControllers": [
            {"piiController": settings.CITY["name_ja"], "onBehalf": False, "piiControllerUrl": settings.PUBLIC_URL}
        ],
        "policyUrl": f"{settings.PUBLIC_URL}/api/v1/accounts/agreements/{revision.agreement_id}",
        "notice_digest": {"alg": "sha-256", "value": bytes(revision.digest).hex(), "number": revision.number},
        "services": [
            {
                "service": recipient.name,
                "purposes": [
                    {
                        "purpose": grant.purpose,
                        "consentType": "EXPLICIT",
                        "piiCategory": [grant.data_class],
                        "primaryPurpose": True,
                        "termination": grant.ends_at.isoformat() if grant.ends_at else "on withdrawal",
                        "thirdPartyDisclosure": recipient.kind != "city",
                        "thirdPartyName": recipient.name,
                    }
                ],
            }
        ],
        "sensitive": grant.data_class in SENSITIVE,
        "spiCat": [grant.data_class] if grant.data_class in SENSITIVE else [],
    }

"""What the data exchange refuses."""

from kernel.problems import DomainError, _


class EntityIdMalformed(DomainError):
    """The id is not ``urn:ngsi-ld:<type>:<own part>`` with the type that the entity says it has."""

    code = "entity_id_malformed"
    status = 422
    title = _("データのIDの形式が正しくありません。")


class LocationMalformed(DomainError):
    """The location is no GeoJSON geometry, or lies outside the globe."""

    code = "location_malformed"
    status = 422
    title = _("位置の形式が正しくありません。")


class ObservedInFuture(DomainError):
    """An observation is dated later than any clock can be wrong; taken, it would outlive all that follow."""

    code = "observed_in_future"
    status = 422
    title = _("観測時刻が未来になっています。")


class SubscriptionMalformed(DomainError):
    """The subscription names neither handler nor topic, or both, or an id pattern that cannot be read."""

    code = "subscription_malformed"
    status = 422
    title = _("購読の指定が正しくありません。")


class HandlerUnknown(DomainError):
    """No app contributes a handler of that name."""

    code = "handler_unknown"
    status = 422
    title = _("その名前の受け取り手はありません。")

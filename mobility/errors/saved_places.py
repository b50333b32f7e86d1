"""Refusals of saving places."""

from kernel.problems import DomainError, _


class SavedPlacesFull(DomainError):
    """So many places are saved as one may; ``most`` says how many that is."""

    code = "saved_places_full"
    status = 409
    title = _("保存できる場所の数がいっぱいです。使わない場所を消してからお試しください。")


class SavedPlaceTaken(DomainError):
    """Home, work and school are one place each; ``id`` names the one that is saved."""

    code = "saved_place_taken"
    status = 409
    title = _("この種類の場所はもう保存されています。そちらを直してください。")


class SavedPlaceNameless(DomainError):
    """A place that is neither home, work nor school needs a name."""

    code = "saved_place_nameless"
    status = 422
    title = _("場所の名前を入力してください。")


class SavedPlacesChanged(DomainError):
    """The order that was sent does not name the places that are saved, each once; ``saved`` lists them."""

    code = "saved_places_changed"
    status = 409
    title = _("保存した場所が変わっていました。もう一度並べ替えてください。")

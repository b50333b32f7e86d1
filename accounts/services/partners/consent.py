"""What a person lets partners read when they sign in there: an agreement like any other, for one purpose."""

from collections.abc import Sequence
from uuid import UUID

from accounts.engine.agreements import Terms, Words
from accounts.models import Organisation
from accounts.selectors.agreements import agreement_of, newest_revision, terms_of
from accounts.selectors.partners import PURPOSE
from accounts.services.agreements import write_terms
from accounts.services.consents import give_consent, withdraw_for_purpose
from kernel.use_case import Act

KEEPS_DAYS = 365


def ask_for(act: Act, *, recipient: Organisation, classes: Sequence[str]) -> None:
    """Publish what the recipient's services ask for at sign-in, in the city's usual words, where that is not asked for already.

    Officers may publish other words for the same purpose afterwards. To be called inside the use case that registers the service.
    """
    standing = agreement_of(recipient.pk, PURPOSE)
    before = terms_of(newest_revision(standing.pk)) if standing else None
    wanted = sorted({*classes, *(before.classes if before else ())})
    if not classes or (before is not None and wanted == sorted(before.classes)):
        return
    words = before.words if before else _usual_words(recipient)
    terms = Terms(classes=wanted, keeps_days=before.keeps_days if before else KEEPS_DAYS, lasts_days=None, words=words)
    write_terms(act, recipient=recipient, purpose=PURPOSE, terms=terms)


def give_grants(act: Act, *, recipient: UUID, classes: Sequence[str]) -> None:
    """Write down what the person said yes to. To be called inside the use case that connects the partner."""
    agreement = agreement_of(recipient, PURPOSE)
    if agreement is None:
        return
    newest = newest_revision(agreement.pk)
    given = [each for each in classes if each in terms_of(newest).classes]
    if given:
        give_consent(act, revision_id=newest.pk, classes=given)


def withdraw_grants(act: Act, *, recipient: UUID, subject: UUID) -> None:
    """Take back what was given to a partner. To be called inside the use case that disconnects it."""
    withdraw_for_purpose(act, subject=subject, recipient_id=recipient, purpose=PURPOSE)


def _usual_words(recipient: Organisation) -> dict[str, Words]:
    name, name_en = recipient.name, recipient.name_en
    return {
        "ja": Words(
            f"{name}へのサインイン",
            f"{name}のサービスで、サインインした方を表示し、連絡するため。",
            f"{name}は、あなたの情報を新しく読めなくなります。サインインは続けられます。",
        ),
        "ja-easy": Words(
            f"{name}に はいる",
            f"{name}が、だれが つかって いるか わかるように するため。",
            f"{name}は、あなたの ことを あたらしく よめなく なります。はいる ことは できます。",
        ),
        "en": Words(
            f"Signing in to {name_en}",
            f"So that the services of {name_en} can show who signed in, and reach them.",
            f"{name_en} can no longer read your data. You can still sign in.",
        ),
        "zh-hans": Words(
            f"登录{name_en}",
            f"用于{name_en}的服务显示登录者并与其联系。",
            f"{name_en}将无法再读取您的信息。您仍可登录。",
        ),
        "ko": Words(
            f"{name_en} 로그인",
            f"{name_en}의 서비스에서 로그인한 사람을 표시하고 연락하기 위해서입니다.",
            f"{name_en}은(는) 더 이상 귀하의 정보를 읽을 수 없습니다. 로그인은 계속할 수 있습니다.",
        ),
    }

import { useEffect, useState } from "preact/hooks";
import { dismissStaff, promoteStaff, staffOf, withdrawStaffInvitation, type Staff as People, type StaffMember } from "../../api/staff";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { forShop } from "./ForShop";
import { ROLE_WORDS } from "./staff-words";
import { TillPage } from "./TillPage";

/** Who works here: the manager sees them, makes another a manager, and dismisses at once. */
export default forShop(function Staff({ shop }) {
  const [staff, setStaff] = useState<People | null>(null);
  const [open, setOpen] = useState<StaffMember | null>(null);
  const { busy, trouble, run } = useDeed();
  const load = async (): Promise<void> => setStaff(await staffOf(shop.organisation_id));
  useEffect(() => void run(load), [shop.id]);
  const deed = (done: Promise<unknown>): Promise<void> => {
    setOpen(null);
    return run(() => done.then(load));
  };
  return (
    <TillPage
      shop={shop}
      title={t("staff.title")}
      heading={tx("staff.title")}
      back={`/till/${shop.id}/more`}
      foot={
        <ButtonLink look="main" wide icon="plus" href={`/till/${shop.id}/staff/invite`}>
          {tx("staff.invite")}
        </ButtonLink>
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!staff && !trouble && <Skeleton lines={4} />}
      {staff && (
        <List label={t("staff.title")}>
          {staff.people.map((each) => (
            <Row
              key={each.id}
              icon="person"
              title={each.name || tx("me.nameless")}
              detail={
                <>
                  {tx(ROLE_WORDS[each.role])}
                  {each.is_me && <> · {tx("staff.me")}</>} · <DateTime at={each.since} show="day" />
                </>
              }
              onPress={() => setOpen(each)}
            />
          ))}
        </List>
      )}
      {staff && staff.invitations.length > 0 && (
        <>
          <h2 class="group-title">{tx("staff.invited")}</h2>
          <List label={t("staff.invited")}>
            {staff.invitations.map((each) => (
              <Row
                key={each.id}
                icon="mail"
                title={tx(ROLE_WORDS[each.role])}
                detail={tx("staff.until", { at: <DateTime at={each.ends_at} /> })}
                end={
                  <Button busy={busy} onPress={() => void deed(withdrawStaffInvitation(each.id))}>
                    {tx("staff.withdraw")}
                  </Button>
                }
              />
            ))}
          </List>
        </>
      )}
      <Sheet open={open !== null} onClose={() => setOpen(null)} title={open?.name || tx("me.nameless")}>
        {open && (
          <>
            <p>{tx(open.is_me ? "staff.leave_what" : "staff.dismiss_what")}</p>
            {open.role === "merchant.cashier" && !open.is_me && (
              <Button wide icon="check" onPress={() => void deed(promoteStaff(open.id))}>
                {tx("staff.promote")}
              </Button>
            )}
            <Button look="main" wide icon="leave" onPress={() => void deed(dismissStaff(open.id))}>
              {tx(open.is_me ? "staff.leave" : "staff.dismiss")}
            </Button>
          </>
        )}
        <Button wide onPress={() => setOpen(null)}>
          {tx("connections.stay")}
        </Button>
      </Sheet>
    </TillPage>
  );
});

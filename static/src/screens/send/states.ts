import type { RequestState } from "../../api/sending";
import type { TextKey } from "../../i18n";

/** What has become of a request or a part of it, in a word. */
export const STATES: Readonly<Record<RequestState, TextKey>> = {
  open: "ask.open",
  paid: "ask.paid",
  declined: "ask.declined",
  cancelled: "ask.cancelled",
  expired: "ask.expired",
};

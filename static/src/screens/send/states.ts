import type { RequestState } from "../../api/sending";
import type { TextKey } from "../../i18n";

/** What has become of a request or a part of it, in a word. */
export const STATES: Readonly<Record<RequestState, TextKey>> = {
  open: "request.open",
  paid: "request.paid",
  declined: "request.declined",
  cancelled: "request.cancelled",
  expired: "request.expired",
};

import type { ApplicationState } from "../../api/merchants";
import type { IconName } from "../../components/Icon";

export const STATE_ICONS: Readonly<Record<ApplicationState, IconName>> = {
  draft: "receipt",
  waiting: "clock",
  sent_back: "undo",
  approved: "done",
  declined: "close",
  withdrawn: "close",
};

/** Where an application stands, and what is to be done next. */
export const STATE_WORDS = {
  draft: "merchant.state_draft",
  waiting: "merchant.state_waiting",
  sent_back: "merchant.state_back",
  approved: "merchant.state_approved",
  declined: "merchant.state_declined",
  withdrawn: "merchant.state_withdrawn",
} as const;

export const NEXT_WORDS = {
  draft: "merchant.next_draft",
  waiting: "merchant.next_waiting",
  sent_back: "merchant.next_back",
  approved: "merchant.next_approved",
  declined: "merchant.next_declined",
  withdrawn: "merchant.next_withdrawn",
} as const;

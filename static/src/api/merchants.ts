/** Becoming a shop that takes the coin, and what a shop tells of itself. */
import { ask } from "./http";
import { intents } from "./intents";
import type { TownShop } from "./shops";
import { upload, type Upload } from "./upload";

const ROOT = "/api/v1/wallet/merchant_applications";

export type Details = TownShop["details"];
export type ApplicationState = "draft" | "waiting" | "sent_back" | "approved" | "declined" | "withdrawn";

export interface PayoutWish {
  readonly bank_code: string;
  readonly branch_code: string;
  readonly account_type: string;
  readonly number: string;
  readonly holder: string;
}

export interface Answers {
  readonly shop_name: string;
  readonly shop_name_en: string;
  readonly shop_name_kana: string;
  /** A merchant category code; empty while none is chosen. */
  readonly trade: string;
  readonly district: string;
  readonly details: Details;
  readonly legal_name: string;
  readonly representative: string;
  readonly representative_kana: string;
  readonly payout: PayoutWish;
}

export type AttachmentKind = "licence" | "business" | "passbook" | "other";

export interface Attachment {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly media: "image/jpeg" | "image/png" | "application/pdf";
  /** In bytes. */
  readonly size: number;
  readonly added_at: string;
}

export interface ApplicationLine {
  readonly id: string;
  readonly state: ApplicationState;
  readonly is_branch: boolean;
  readonly shop_name: string;
  readonly started_at: string;
  readonly submitted_at: string | null;
}

export interface Application extends Omit<ApplicationLine, "shop_name"> {
  readonly shop_id: string | null;
  readonly answers: Answers;
  readonly bank_name: string;
  readonly branch_name: string;
  readonly attachments: readonly Attachment[];
  readonly attachments_asked: readonly { readonly kind: AttachmentKind; readonly is_required: boolean }[];
  readonly steps: readonly { readonly state: ApplicationState; readonly why: string; readonly at: string }[];
}

export interface Applications {
  readonly results: readonly ApplicationLine[];
  /** The version of the terms that are in force. */
  readonly terms: string;
  readonly trades: readonly { readonly code: string; readonly words: string }[];
}

export const myApplications = (): Promise<Applications> => ask("GET", ROOT);
export const startApplication = (organisation_id: string | null): Promise<Application> =>
  ask("POST", ROOT, { body: { organisation_id } });
export const readApplication = (id: string): Promise<Application> => ask("GET", `${ROOT}/${id}`);
export const saveApplication = (id: string, answers: Answers): Promise<Application> =>
  ask("PUT", `${ROOT}/${id}`, { body: answers });
export const submitApplication = (id: string, terms: string): Promise<Application> =>
  intents.send(`apply.${id}`, `${ROOT}/${id}/submit`, { terms });
export const withdrawApplication = (id: string): Promise<Application> =>
  intents.send(`apply-back.${id}`, `${ROOT}/${id}/withdraw`, {});

/** How many of one kind the city takes. */
export const MOST_OF_KIND = 3;
export const attachmentAddress = (id: string): string => `/api/v1/wallet/merchant_attachments/${id}`;
export const attach = (id: string, kind: AttachmentKind, file: Blob, onPart: (part: number) => void): Upload<Application> =>
  upload(`${ROOT}/${id}/attachments/${kind}`, file, onPart);
export const removeAttachment = (id: string): Promise<Application> => ask("DELETE", attachmentAddress(id), { own: true });

export const readDetails = (shop: string): Promise<Details> => ask("GET", `/api/v1/wallet/shops/${shop}/details`);
export const saveDetails = (shop: string, details: Details): Promise<Details> =>
  ask("PUT", `/api/v1/wallet/shops/${shop}/details`, { body: details });

export interface PayoutNamed {
  readonly id: string;
  readonly organisation_id: string;
  readonly bank_name: string;
  readonly branch_name: string;
  /** Its end alone. */
  readonly number: string;
  readonly state: "waiting" | "verified" | "returned" | "replaced" | "refused";
  readonly registered_at: string;
}

export const myPayouts = (): Promise<{ readonly results: readonly PayoutNamed[] }> => ask("GET", "/api/v1/wallet/payout_accounts");
export const namePayout = (organisation_id: string, wish: PayoutWish): Promise<PayoutNamed> =>
  intents.send(`payout.${organisation_id}`, "/api/v1/wallet/payout_accounts", { organisation_id, ...wish });

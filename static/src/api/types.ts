/** The shapes of the city's answers, word for word as its HTTP API gives them. Amounts are whole yen. */
export interface Me {
  readonly resident_id: string;
  readonly display_name: string;
  readonly language: string;
  readonly level: number;
  readonly roles: readonly string[];
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly role: string }[];
  readonly email: string | null;
  readonly phone: string | null;
}

export interface Coin {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly limits: { readonly per_payment: number; readonly per_day: number; readonly balance: number };
}

export interface Lot {
  readonly kind: "paid" | "bonus";
  readonly remaining: number;
  /** The last day the lot can be spent, as 2026-11-21 in Japan. */
  readonly expires_on: string;
}

export interface Balance {
  readonly currency: string;
  readonly available: number;
  readonly held: number;
  readonly version: number;
  readonly lots: readonly Lot[];
  readonly frozen?: "no" | "outgoing" | "all";
}


export type EntryKind =
  | "payment"
  | "refund"
  | "void"
  | "top_up"
  | "hold"
  | "capture"
  | "release"
  | "expiry"
  | "send"
  | "top_up_card"
  | "top_up_konbini"
  | "top_up_bank"
  | "payout"
  | "reversal";

export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly direction: "in" | "out";
  readonly amount: number;
  readonly currency: string;
  readonly occurred_at: string;
  readonly shop_name: string | null;
  readonly shop_name_en: string | null;
  readonly payment_id: string | null;
  readonly receipt_number: string | null;
  readonly transfer_id?: string | null;
  readonly other_name?: string | null;
  readonly other_mask?: string | null;
  readonly order_id?: string | null;
}

export interface Page<T> {
  readonly results: readonly T[];
  readonly next: string | null;
}

export interface ShopName {
  readonly id: string;
  readonly name: string;
  readonly name_en: string;
}

export type ReceiptStatus = "paid" | "partly_refunded" | "refunded" | "voided";

export interface Receipt {
  readonly id: string;
  readonly receipt_number: string;
  readonly status: ReceiptStatus;
  readonly amount: number;
  /** What coupons took off before; with it, what was paid is the price. */
  readonly discount: number;
  readonly refunded: number;
  readonly currency: string;
  readonly paid_at: string;
  readonly shop: ShopName;
  readonly version: number;
}

export interface ReadCode {
  readonly kind: "shop" | "charge";
  readonly shop: ShopName;
  readonly amount: number | null;
  readonly expires_at: string | null;
}

export interface CustomerCode {
  readonly code: string;
  readonly expires_at: string;
  /** The same, for a till without a camera; in fours as it is said. */
  readonly number: string;
}

export interface TillShop extends ShopName {
  readonly organisation_id: string;
  /** False once the shop takes no more coins; it can still refund. */
  readonly is_open?: boolean;
  readonly may: readonly string[];
}

export interface Charge {
  readonly id: string;
  readonly code: string;
  readonly amount: number;
  readonly expires_at: string;
  readonly status: "open" | "paid" | "cancelled" | "expired";
  /** The same, for a phone without a camera. */
  readonly number: string;
  readonly payment_id: string | null;
}

export interface ShopCode {
  readonly code: string;
  /** Printed under the picture, in fours. */
  readonly number: string;
}

export interface TopUp {
  readonly id: string;
  readonly receipt_number: string;
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
}

export interface Hold {
  readonly id: string;
  readonly amount: number;
  readonly status: "held" | "captured" | "released";
  readonly expires_at: string;
}

export interface Persona {
  readonly name: string;
  readonly role: string;
  readonly email: string;
}

export interface DemoCode {
  readonly to: string;
  readonly channel: "email" | "sms" | "app";
  readonly code: string;
  readonly sent_at: string;
}

export interface Ticket {
  readonly ticket: string;
  readonly expires_at: string;
  readonly url: string;
}

/** What a person is told before their account closes. */
export interface Closing {
  readonly goes: readonly string[];
  readonly stays: readonly string[];
  readonly obstacles: readonly { readonly code: string; readonly words: string }[];
  readonly notices: readonly { readonly code: string; readonly words: string }[];
  readonly gives_up: readonly { readonly code: string; readonly words: string; readonly amount: number }[];
}

/** A copy of a person's data, on its way. */
export interface DataCopy {
  readonly id: string;
  readonly state: "waiting" | "making" | "ready" | "failed" | "gone";
  readonly done: number;
  readonly total: number;
  readonly requested_at: string;
  readonly expires_at: string | null;
  readonly size: number;
}

/** One look at my data, as the city's list shows it. */
export interface Looked {
  readonly id: string;
  readonly at: string;
  readonly sentence: string;
  readonly who: { readonly kind: string; readonly name: string };
  readonly purpose: { readonly code: string; readonly words: string };
  readonly classes: readonly { readonly code: string; readonly words: string }[];
  readonly reason: string;
  readonly ground: string;
  /** What allowed it, as it stands in the log: consents, a mandate, a broken glass. */
  readonly grants: readonly string[] | null;
  /** Those of them that are consents, and where each is found. */
  readonly consents: readonly { readonly id: string; readonly agreement_id: string }[];
  /** The department or organisation for which it was read. */
  readonly recipient: string | null;
  readonly again: boolean;
}

/** What a phone needs to check such an entry by itself; hashes in hexadecimal signs. */
export interface Proof {
  readonly canonical: string;
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
  readonly head: string;
  readonly since: number;
  readonly consistency: readonly string[] | null;
}

/** One of the keys by which the city's signatures are checked. */
export interface PublicKey {
  readonly kid: string;
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
}

export interface OwnIdentity {
  readonly name: string;
  readonly address: string;
  readonly birthdate: string;
  readonly gender: string;
  readonly source: "card" | "counter";
  readonly checked_at: string;
}

/** How surely the city knows me, and how surely it knows that I am the one who asks; each with its age. */
export interface MyId {
  readonly level: number;
  readonly level_since: string | null;
  readonly authentication_level: number;
  readonly authenticated_at: string | null;
  readonly passkeys: number;
  readonly has_app: boolean;
  readonly has_card: boolean;
  readonly is_card_offered: boolean;
  readonly identity: OwnIdentity | null;
}

export interface Verification {
  readonly id: string;
  readonly kind: "card" | "counter" | "upgrade" | "merge" | "factors";
  readonly level_before: number;
  readonly level_after: number;
  readonly by_officer: boolean;
  readonly documents: readonly string[];
  readonly created_at: string;
}

export interface CounterCode {
  readonly code: string;
  readonly expires_at: string;
}

export interface CardBegun {
  readonly address: string;
  readonly expires_at: string;
}

export interface CardDone {
  readonly purpose: "raise" | "sign_in";
  readonly level: number;
}

export type CardMethod = "card" | "konbini";
export type CardTopUpStatus = "started" | "open" | "waiting" | "ended" | "paid" | "returned";

/** What a payment by card buys with a bonus. */
export interface PremiumBought {
  readonly id: string;
  readonly name: string;
  readonly name_en: string;
  readonly units: number;
  readonly bonus: number;
  readonly bonus_last_day: string;
}

/** A top-up by card or at a convenience store; `url` is the card company's page while there is something to do on it. */
export interface CardTopUp {
  readonly id: string;
  readonly method: CardMethod;
  readonly status: CardTopUpStatus;
  readonly amount: number;
  readonly currency: string;
  readonly url: string | null;
  readonly pay_by: string;
  readonly refused: string;
  readonly refunded: number;
  readonly receipt_number: string | null;
  readonly started_at: string;
  readonly version: number;
  readonly premium: PremiumBought | null;
}

export interface TopUpWays {
  readonly methods: readonly CardMethod[];
  readonly least: number;
  readonly most: number;
  readonly transfer: boolean;
}

/** The city's account, and the digits that one types before one's name; null before one has asked for them. */
export interface BankTransferWay {
  readonly account: {
    readonly bank_code: string;
    readonly bank_name: string;
    readonly branch_code: string;
    readonly branch_name: string;
    readonly account_type: "1" | "2" | "4" | "9";
    readonly number: string;
    readonly holder: string;
  };
  readonly code: string | null;
  readonly most: number;
}

export interface Voucher {
  readonly pay_by: string;
  readonly url: string;
  readonly numbers: readonly { readonly store: string; readonly payment_code: string; readonly confirmation_number: string }[];
}

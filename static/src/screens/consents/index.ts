export { default as Ask } from "./Ask";
export { default as ConsentPage } from "./ConsentPage";
export { default as Consents } from "./Consents";
export { default as ReceiptPage } from "./ReceiptPage";

export { default as Checking } from "./Checking";
export { default as Confirm } from "./Confirm";
export { default as History } from "./History";
export { default as MyCode } from "./MyCode";
export { default as ReceiptPage } from "./ReceiptPage";

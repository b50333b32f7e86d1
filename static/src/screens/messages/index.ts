export { default as MessagePage } from "./MessagePage";
export { default as Messages } from "./Messages";
export { default as MessageSettings } from "./MessageSettings";

export { default as AddressPage } from "./AddressPage";
export { default as CodePage } from "./CodePage";
export { default as NamePage } from "./NamePage";
export { default as NewPage } from "./NewPage";
export { default as Welcome } from "./Welcome";

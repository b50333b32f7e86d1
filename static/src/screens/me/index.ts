export { default as Devices } from "./Devices";
export { default as LanguageSetting } from "./LanguageSetting";
export { default as Me } from "./Me";
export { default as NameSetting } from "./NameSetting";
export { default as Passkeys } from "./Passkeys";
export { default as TextSizeSetting } from "./TextSizeSetting";

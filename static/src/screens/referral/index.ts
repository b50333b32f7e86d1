export { default as ReferralPage } from "./ReferralPage";

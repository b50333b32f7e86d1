export { default as DrawPage } from "./DrawPage";
export { default as OfferPage } from "./OfferPage";
export { default as Offers } from "./Offers";

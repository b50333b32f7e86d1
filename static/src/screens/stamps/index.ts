export { default as Stamps } from "./Stamps";
export { default as StampPage } from "./StampPage";

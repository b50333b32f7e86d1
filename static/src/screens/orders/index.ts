export { default as OrderPage } from "./OrderPage";
export { default as Orders } from "./Orders";

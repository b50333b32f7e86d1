export { default as CouponPage } from "./CouponPage";
export { default as Coupons } from "./Coupons";

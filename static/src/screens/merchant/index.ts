export { default as ApplicationPage } from "./ApplicationPage";
export { default as Applications } from "./Applications";
export { default as JoinStaff } from "./JoinStaff";

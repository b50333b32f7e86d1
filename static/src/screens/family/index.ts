export { default as Family } from "./Family";
export { default as Invite } from "./Invite";
export { default as Join } from "./Join";

export { default as AskedPage } from "./AskedPage";
export { default as AskFor } from "./AskFor";
export { default as Receive } from "./Receive";
export { default as RequestPage } from "./RequestPage";
export { default as Requests } from "./Requests";
export { default as Send } from "./Send";
export { default as SentPage } from "./SentPage";

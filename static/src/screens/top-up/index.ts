export { default as Amount } from "./Amount";
export { default as Counter } from "./Counter";
export { default as Result } from "./Result";
export { default as Transfer } from "./Transfer";
export { default as Ways } from "./Ways";

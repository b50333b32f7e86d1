export { default as AppPage } from "./AppPage";
export { default as CounterPage } from "./CounterPage";
export { default as HistoryPage } from "./HistoryPage";
export { default as MyIdPage } from "./MyIdPage";
export { default as UpgradePage } from "./UpgradePage";

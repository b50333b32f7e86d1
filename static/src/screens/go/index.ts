export { default as Go } from "./Go";
export { default as JourneyPage } from "./JourneyPage";
export { default as JourneysPage } from "./JourneysPage";
export { default as OptionsPage } from "./OptionsPage";
export { default as PlacePage } from "./PlacePage";
export { default as SavedPage } from "./SavedPage";
export { default as StopPage } from "./StopPage";
export { default as TripPage } from "./TripPage";

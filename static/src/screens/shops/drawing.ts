/** This function will tell whether this browser can draw a map. */
export const canDraw = (): boolean => document.createElement("canvas").getContext("webgl2") !== null;

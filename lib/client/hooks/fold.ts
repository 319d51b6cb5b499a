/** For comparing names as the search compares words. */
export { fold } from "../search/fold.ts";

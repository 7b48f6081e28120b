import { shallowRef } from 'vue';

/** The code that was just made, for the card and the paper: in this window's memory alone, and gone with it. */
export const freshCode = shallowRef<string | null>(null);

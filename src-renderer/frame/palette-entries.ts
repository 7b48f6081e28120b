import type { Component } from 'vue';

/** One line of the palette. */
export interface Entry {
  key: string;
  title: string;
  /** What it is: a screen, a session, the market of a shop. */
  kind: string;
  icon: Component;
  run: () => void;
}

/** The entries whose title holds the text; spaces and case do not matter. */
export function foundIn(entries: readonly Entry[], text: string): Entry[] {
  const wanted = bare(text);
  return entries.filter((entry) => bare(entry.title).includes(wanted));
}

function bare(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '');
}

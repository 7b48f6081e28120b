import type { Component } from 'vue';
import { answering } from '#shared/finding/match.ts';

/** One line of the palette. */
export interface Entry {
  key: string;
  title: string;
  /** What it is: a screen, a session, the market of a shop. */
  kind: string;
  icon: Component;
  run: () => void;
}

/** The entries whose title holds the text, as shops are found: by initials too, whatever the spaces. */
export function foundIn(entries: readonly Entry[], text: string): Entry[] {
  return answering(entries, text, ({ title }) => [title]);
}

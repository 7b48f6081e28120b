import type { Component } from 'vue';
import { beginsWord } from '#shared/finding/match.ts';

/** One line of the palette. */
export interface Entry {
  key: string;
  title: string;
  /** What it is: a screen, a session, the market of a shop. */
  kind: string;
  icon: Component;
  run: () => void;
}

/** The entries of whose title a word begins with the text, read as for shops: by initials too, whatever the spaces. */
export function foundIn(entries: readonly Entry[], text: string): Entry[] {
  return entries.filter(({ title }) => beginsWord(title, text));
}

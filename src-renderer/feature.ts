import type { Component } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import type { AppStatus } from '#shared/contract/app.ts';

/** Texts of one language; nested by part of the screen. */
export interface Texts {
  [key: string]: string | Texts;
}

/** The same keys, other words: what the second language must have. */
export type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

export interface NavItem {
  /** The path of the screen. */
  to: string;
  /** The key of its name. */
  title: string;
  icon: Component;
  /** A number beside the name, such as open conflicts; 0 shows nothing. */
  badge?: (status: AppStatus) => number;
  /** The key of what the number says, with `n`; without it, things to settle. */
  badgeLabel?: string;
  /** Whether this laptop has it in its navigation; without it, always. It keeps the list short and locks nothing. */
  shown?: (status: AppStatus) => boolean;
}

/** What a feature brings to the window: its place in the navigation, its screens, its words. */
export interface Feature {
  /** Also the first part of its message keys. */
  readonly name: string;
  readonly nav?: NavItem;
  readonly routes: RouteRecordRaw[];
  readonly messages: { ko: Texts; en: Texts };
}

/** Declares a feature; exists so that a missing English text does not compile. */
export function defineFeature<T extends Texts>(
  feature: Omit<Feature, 'messages'> & { messages: { ko: T; en: SameKeys<T> } },
): Feature {
  return feature as Feature;
}

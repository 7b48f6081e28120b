import { Angry, Frown, Laugh, Meh, Smile } from '@lucide/vue';
import type { Component } from 'vue';

/** A face for each step of the scale, beside its words. */
export const scaleFaces: Record<number, Component> = { 1: Angry, 2: Frown, 3: Meh, 4: Smile, 5: Laugh };

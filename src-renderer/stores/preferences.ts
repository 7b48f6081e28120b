import { defineStore } from 'pinia';
import { computed, watch } from 'vue';
import { useLocalStorage, usePreferredDark } from '@vueuse/core';
import type { Language } from '#shared/contract/messages.ts';

export type Theme = 'system' | 'light' | 'dark';

/** How this window looks and which language it speaks: of the window, not of the data. */
export const usePreferences = defineStore('preferences', () => {
  const theme = useLocalStorage<Theme>('dangol.theme', 'system');
  const language = useLocalStorage<Language>('dangol.language', 'ko');
  const systemDark = usePreferredDark();
  const dark = computed(() => (theme.value === 'system' ? systemDark.value : theme.value === 'dark'));

  /** Puts theme and language on the page itself, from now on. */
  function applyTo(root: HTMLElement): void {
    watch(dark, (on) => (root.dataset['theme'] = on ? 'dark' : 'light'), { immediate: true });
    watch(language, (lang) => (root.lang = lang), { immediate: true });
  }

  function toggleTheme(): void {
    theme.value = dark.value ? 'light' : 'dark';
  }

  return { theme, language, dark, applyTo, toggleTheme };
});

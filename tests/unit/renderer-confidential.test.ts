import { createPinia } from 'pinia';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { expect, test } from 'vitest';
import { createTexts } from '../../src-renderer/i18n/index.ts';
import { useValueText } from '../../src-renderer/use/value-text.ts';

test('a conflict between survey answers says when and where, and not what was answered', async () => {
  let textOf: ReturnType<typeof useValueText> | undefined;
  const app = createSSRApp({
    setup() {
      textOf = useValueText();
      return () => null;
    },
  });
  await renderToString(app.use(createPinia()).use(createTexts('ko')));
  const answers = { easy: 1, words: '비밀이에요' };
  expect(textOf!('surveyResponse', 'answers', answers)).toBe('2문항에 답함 (내용은 보이지 않아요)');
  expect(textOf!('surveyResponse', 'answers', answers)).not.toContain('비밀');
  expect(textOf!('surveyResponse', 'answers', null)).toBe('비어 있음');
  expect(textOf!('surveyResponse', 'mode', 'paper')).toBe('종이');
});

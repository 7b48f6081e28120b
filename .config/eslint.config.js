import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';
import { rooms } from './eslint-rooms.js';

export default tseslint.config(
  { ignores: ['out/**', 'node_modules/**', 'dist/**', 'test-results/**', 'playwright-report/**'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    plugins: { dangol: { rules: { rooms } } },
    rules: {
      'dangol/rooms': 'error',
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['error', 'warn'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      // Typed optional props have no defaults to state.
      'vue/require-default-prop': 'off',
    },
  },
  {
    // The contract and the model are pure: no clock and no randomness of their own.
    files: ['src-shared/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message: 'src-shared has no clock: take the time as a parameter.',
        },
        {
          object: 'Math',
          property: 'random',
          message: 'src-shared has no randomness: take it as a parameter.',
        },
      ],
      'no-restricted-globals': ['error', 'process', 'window', 'document', 'crypto', 'performance'],
    },
  },
  {
    files: ['.config/**/*.mjs', 'tests/**/*.{ts,mjs}', 'src-main/shells/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  prettier,
);

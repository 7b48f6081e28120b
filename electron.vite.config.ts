import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

const shell = (name: string): string => `src-main/shells/${name}.ts`;

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          desktop: shell('desktop'),
          cli: shell('cli'),
          // Entries of their own, because they are started by their file names.
          'core-worker': shell('core-worker'),
          'report-worker': shell('report-worker'),
          'copy-worker': 'src-main/vault/copy-worker.ts',
        },
        // Shared chunks stay beside the entries: core-host.ts looks for core-worker.js beside itself, and so on.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but Electron, and must be CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: shell('preload') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [vue(), tailwindcss()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // An inlined font would need `data:` in the policy's font-src.
      assetsInlineLimit: 0,
      rolldownOptions: { input: path.join(import.meta.dirname, 'src-renderer/index.html') },
    },
  },
});

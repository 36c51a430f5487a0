import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: true,
    target: 'node24',
    outDir: '../../dist/apps/worker',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: ['src/main.ts', 'src/detector/inspector-thread.ts'],
      // The thread is started by its file's name, from whichever chunk asks for it.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

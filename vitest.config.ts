import { defineConfig } from 'vitest/config';

const libraries = [
  'config',
  'contracts',
  'detection',
  'detection-feed',
  'frame-mailbox',
  'frame-traces',
  'host',
  'model-catalog',
  'model-converter',
  'onnx-detector',
  'presence',
  'redis-link',
  'test-house',
  'test-redis',
  'timing',
];

const project = (name: string, root: string) => ({
  test: {
    ...{ name, root, include: ['**/*.spec.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
    // Real parts on a busy machine: what is waited for comes when it comes.
    expect: { poll: { timeout: 20_000 } },
  },
});

/** The whole system runs in each of these files: one at a time, with the time that a start takes. */
const endToEnd = {
  test: {
    ...project('dashboard-e2e', 'apps/dashboard-e2e').test,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
};

export default defineConfig({
  test: {
    // Most of the time goes into waiting for real cameras and servers: one file fewer than there are
    // cores, as would be usual, leaves the machine idle.
    maxWorkers: 2,
    projects: [
      ...libraries.map((name) => project(name, `libs/${name}`)),
      project('tools', 'tools'),
      project('bench', 'bench'),
      project('faults', 'faults'),
      project('api', 'apps/api'),
      project('worker', 'apps/worker'),
      endToEnd,
    ],
  },
});

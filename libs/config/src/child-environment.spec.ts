import { afterEach, expect, test, vi } from 'vitest';
import { childEnvironment } from './child-environment.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test("hands on the environment without what npm's scripts add", () => {
  vi.stubEnv('LOOKOUT_MODEL', 'yolov5s');
  vi.stubEnv('npm_config_registry', 'https://registry.example');
  vi.stubEnv('INIT_CWD', '/somewhere');
  const environment = childEnvironment();
  expect(environment).toMatchObject({ LOOKOUT_MODEL: 'yolov5s' });
  expect(environment).not.toHaveProperty('npm_config_registry');
  expect(environment).not.toHaveProperty('INIT_CWD');
});

test('adds, replaces and takes away', () => {
  vi.stubEnv('PORT', '7001');
  vi.stubEnv('MQTT_URL', 'mqtt://broker');
  const environment = childEnvironment({ PORT: '0', MQTT_URL: undefined, REDIS_URL: 'redis://a' });
  expect(environment).toMatchObject({ PORT: '0', REDIS_URL: 'redis://a' });
  expect(environment).not.toHaveProperty('MQTT_URL');
});

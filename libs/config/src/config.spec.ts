import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('readConfig', () => {
  it('has the documented defaults', () => {
    expect(readConfig({}, '/site')).toMatchObject({
      host: '127.0.0.1',
      port: 7001,
      redisUrl: undefined,
      databaseFile: '/site/data/lookout.db',
      dataDir: '/site/data',
      mediaDir: '/site/media',
      workers: 1,
      eventDays: 14,
      eventDiskBytes: 1_073_741_824,
      inferenceRepeat: 1,
      logLevel: 'info',
    });
  });

  it.each([
    [{ PORT: '70000' }, /PORT=70000/],
    [{ PORT: 'x' }, /PORT=x: must be a whole number/],
    [{ INFERENCE_REPEAT: '0' }, /INFERENCE_REPEAT=0/],
    [{ LOOKOUT_EVENT_DAYS: '0' }, /LOOKOUT_EVENT_DAYS=0/],
    [{ LOOKOUT_EVENT_DISK_MB: 'much' }, /LOOKOUT_EVENT_DISK_MB=much/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL=loud/],
    [{ LOOKOUT_DEMO: 'yes' }, /LOOKOUT_DEMO=yes/],
    [{ LOOKOUT_CAMERA: '1' }, /LOOKOUT_CAMERA is not a setting/],
    [{ DATABASE_URL: 'postgres://u:secret@h/db' }, /DATABASE_URL: must be/],
    [{ OTEL_TRACES_SAMPLER_ARG: '1.5' }, /OTEL_TRACES_SAMPLER_ARG=1\.5: must be a number/],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'secret@' }, /OTEL_EXPORTER_OTLP_HEADERS: must be name=value/],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'x://u:secret@h' }, /OTEL_EXPORTER_OTLP_ENDPOINT: must be/],
    [{ LOOKOUT_ADMIN_TOKEN: 'short-secret' }, /LOOKOUT_ADMIN_TOKEN: must have at least 24/],
  ])('refuses %j in one line', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(message);
    expect(() => readConfig(environment)).not.toThrow(/\n|secret@|short-secret/);
  });

  it("traces nothing without an endpoint, and by OpenTelemetry's own names with one", () => {
    expect(readConfig({ OTEL_TRACES_SAMPLER_ARG: '0.5' }).traces).toBeUndefined();
    const endpoint = 'http://127.0.0.1:4318';
    const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
    expect(readConfig(traced).traces).toEqual({ endpoint, headers: {}, ratio: 1 });
    const OTEL_EXPORTER_OTLP_HEADERS = 'authorization=Bearer%20x%3D1, x-team = edge';
    expect(
      readConfig({ ...traced, OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER_ARG: '0.05' }).traces,
    ).toEqual({
      endpoint,
      headers: { authorization: 'Bearer x=1', 'x-team': 'edge' },
      ratio: 0.05,
    });
  });

  it('names every fault at once', () => {
    expect(() => readConfig({ PORT: 'x', LOOKOUT_X: '1' })).toThrow(/LOOKOUT_X.*PORT=x/);
  });

  it('ignores what Kubernetes injects for a service called lookout', () => {
    const injected = { LOOKOUT_SERVICE_HOST: '10.0.0.1', LOOKOUT_PORT_7001_TCP: 'tcp://10.0.0.1' };
    expect(readConfig(injected).port).toBe(7001);
  });

  it('treats an empty value as absent', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '' }).port).toBe(7001);
  });

  it('takes an address of a broker whose path can name topics, and no other', () => {
    for (const path of ['', '/', '/north', '/site/north/']) {
      expect(readConfig({ MQTT_URL: `mqtt://broker${path}` }).mqttUrl).toBe(`mqtt://broker${path}`);
    }
    for (const path of ['/a+b', '/%23', '//north', '/north?x=1', '/north#x']) {
      expect(() => readConfig({ MQTT_URL: `mqtt://broker${path}` })).toThrow(/MQTT_URL.*path/);
    }
  });

  it.each([
    ['MQTT_URL', 'mqtt://user:abra/kadabra@broker', /%2F/],
    ['MQTT_URL', 'mqtt://user:abra@broker:99999', /must be a URL/],
    ['MQTT_URL', 'abrakadabra', /must be a URL/],
    ['MQTT_URL', 'mqtt://user:abra%kadabra@broker', /%25/],
    ['REDIS_URL', 'redis://:abra%kadabra@redis', /%25/],
    ['REDIS_URL', 'redis://:abra#kadabra@redis', /%23/],
  ])('says what is wrong with an address, and shows no part of it: %s %s', (name, text, words) => {
    const read = () => readConfig({ [name]: text });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(words);
    expect(read).not.toThrow(/abra/);
  });

  it('takes a password whose signs are encoded', () => {
    const mqttUrl = 'mqtt://user:pass%25%2F%23word@broker';
    expect(readConfig({ MQTT_URL: mqttUrl }).mqttUrl).toBe(mqttUrl);
  });

  it('keeps the database where DATABASE_URL says', () => {
    expect(readConfig({ DATABASE_URL: 'file:///var/x.db' }).databaseFile).toBe('/var/x.db');
    expect(readConfig({ DATABASE_URL: 'sqlite:x.db' }, '/site').databaseFile).toBe('/site/x.db');
  });
});

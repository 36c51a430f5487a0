import { describe, expect, it } from 'vitest';
import { sampleCamera } from '../status/samples.ts';
import { Discovery } from './discovery.ts';
import { Topics } from './topics.ts';

const camera = sampleCamera();
const topics = new Topics();
const discovery = new Discovery(topics, '1.0.0');

describe('topics', () => {
  it.each([
    ['person', 'person'],
    ['traffic light', 'traffic_light'],
    ['a/b', 'a-2f-b'],
    ['+#$', '-2b--23--24-'],
    ['Fußgänger', 'Fu-df-g-e4-nger'],
  ])('write the label %s as %s', (label, word) => {
    expect(topics.presence('gate', label)).toBe(`lookout/cameras/gate/presence/${word}`);
  });
});

describe("an installation's root", () => {
  it.each([
    ['mqtt://broker', 'lookout/status', 'lookout_gate'],
    ['mqtt://broker/', 'lookout/status', 'lookout_gate'],
    ['mqtts://a:b@broker:8883/north', 'north/status', 'north_gate'],
    ['mqtt://broker/site/north/', 'site/north/status', 'site_north_gate'],
  ])('is the path of %s', (url, status, device) => {
    const own = Topics.of(url);
    expect([own.status, own.device('gate')]).toEqual([status, device]);
  });

  it('keeps its devices and topics apart from those of another', () => {
    const sensor = { cameraId: camera.id, label: 'person' };
    const others: readonly string[] = new Topics('north').retained(sensor);
    for (const topic of topics.retained(sensor)) expect(others).not.toContain(topic);
  });
});

describe('discovery', () => {
  it('is taken away by the topics it was told at', () => {
    const own = topics.retained({ cameraId: camera.id, label: null });
    for (const { topic } of discovery.camera(camera)) expect(own).toContain(topic);
    const labels = topics.retained({ cameraId: camera.id, label: 'a/b' });
    expect(labels).toContain(discovery.presence(camera, 'a/b').topic);
  });

  it('names entities by ids that Home Assistant takes, each of its own', () => {
    const told = [
      ...discovery.camera(camera),
      ...['person', 'a/b', 'state'].map((label) => discovery.presence(camera, label)),
    ];
    const ids = told.map(({ payload }) => (JSON.parse(payload) as { unique_id: string }).unique_id);
    expect(new Set(ids).size).toBe(5);
    for (const { topic } of told) {
      expect(topic).toMatch(/^homeassistant\/(binary_)?sensor\/[\w-]+\/[\w-]+\/config$/);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { sampleCamera } from '../status/samples.ts';
import { cameraDiscovery, presenceDiscovery } from './discovery.ts';
import { presenceTopic, retainedTopics } from './topics.ts';

const camera = sampleCamera();

describe('topics', () => {
  it.each([
    ['person', 'person'],
    ['traffic light', 'traffic_light'],
    ['a/b', 'a-2f-b'],
    ['+#$', '-2b--23--24-'],
    ['Fußgänger', 'Fu-df-g-e4-nger'],
  ])('write the label %s as %s', (label, word) => {
    expect(presenceTopic('gate', label)).toBe(`lookout/cameras/gate/presence/${word}`);
  });
});

describe('discovery', () => {
  it('is taken away by the topics it was told at', () => {
    const own = retainedTopics({ cameraId: camera.id, label: null });
    for (const { topic } of cameraDiscovery(camera, '1.0.0')) expect(own).toContain(topic);
    const labels = retainedTopics({ cameraId: camera.id, label: 'a/b' });
    expect(labels).toContain(presenceDiscovery(camera, 'a/b', '1.0.0').topic);
  });

  it('names entities by ids that Home Assistant takes, each of its own', () => {
    const told = [
      ...cameraDiscovery(camera, '1.0.0'),
      ...['person', 'a/b', 'state'].map((label) => presenceDiscovery(camera, label, '1.0.0')),
    ];
    const ids = told.map(({ payload }) => (JSON.parse(payload) as { unique_id: string }).unique_id);
    expect(new Set(ids).size).toBe(5);
    for (const { topic } of told) {
      expect(topic).toMatch(/^homeassistant\/(binary_)?sensor\/[\w-]+\/[\w-]+\/config$/);
    }
  });
});

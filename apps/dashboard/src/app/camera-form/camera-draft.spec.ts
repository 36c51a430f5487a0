import type { Source } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import { exampleCamera } from '../../testing/examples.ts';
import { draftOf, NEW_DRAFT, newCameraOf, patchOf, sourceOf } from './camera-draft.ts';

const sources: Source[] = [
  { type: 'rtsp', url: 'rtsp://admin:***@10.0.0.5/main', transport: 'udp' },
  { type: 'http', url: 'http://10.0.0.6/video.mjpg' },
  { type: 'hls', url: 'https://cameras.example/gate/index.m3u8' },
  { type: 'usb', device: '/dev/video2' },
  { type: 'file', path: 'yard.mp4' },
  { type: 'test' },
];

describe('sourceOf', () => {
  it.each(sources)('gives back what a camera had: %o', (source) => {
    expect(sourceOf(draftOf(exampleCamera({ source })))).toEqual(source);
  });

  it('drops the spaces that come with a copied address', () => {
    const draft = { ...NEW_DRAFT, url: ' rtsp://10.0.0.5/main\n' };
    expect(sourceOf(draft)).toMatchObject({ url: 'rtsp://10.0.0.5/main' });
  });
});

describe('newCameraOf', () => {
  it('leaves to the server what was left empty', () => {
    const made = newCameraOf({ ...NEW_DRAFT, name: 'Gate', type: 'test', liveFps: '', width: '' });
    expect(made).toEqual({
      name: 'Gate',
      enabled: true,
      source: { type: 'test' },
      captureFps: 30,
      detectFps: 5,
      frame: { quality: 80 },
      detection: {
        enabled: true,
        model: null,
        minConfidence: 0.4,
        classes: [],
        weight: 1,
        minFps: 0,
        events: { minHits: 3, window: 5, endAfterMs: 5000, labels: [] },
      },
    });
  });
});

describe('patchOf', () => {
  const camera = exampleCamera({ source: { type: 'rtsp', url: 'rtsp://a/1', transport: 'tcp' } });
  const draft = draftOf(camera);

  it('is empty when nothing was changed', () => {
    expect(patchOf(camera, draft)).toEqual({});
  });

  it('holds only what was changed, the source whole', () => {
    const changed = { ...draft, url: 'rtsp://a/2', width: '320', threshold: 55, detectFps: '' };
    expect(patchOf(camera, changed)).toEqual({
      source: { type: 'rtsp', url: 'rtsp://a/2', transport: 'tcp' },
      detectFps: null,
      frame: { width: 320 },
      detection: { minConfidence: 0.55 },
    });
  });

  it('holds of the settings of events only those that were changed', () => {
    const changed = { ...draft, minHits: '2', endAfterMs: '', eventLabels: ['person'] };
    expect(patchOf(camera, changed)).toEqual({
      detection: { events: { minHits: 2, endAfterMs: null, labels: ['person'] } },
    });
  });

  it('does not touch a confidence that the slider cannot show exactly', () => {
    const fine = exampleCamera({ detection: { ...camera.detection, minConfidence: 0.415 } });
    expect(patchOf(fine, { ...draftOf(fine), name: 'Yard' })).toMatchObject({ name: 'Yard' });
    expect(patchOf(fine, draftOf(fine))).not.toHaveProperty('detection');
  });
});

import { cameraStateSchema, freshnessSchema } from '@lookout/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameraFindingSchema, type Limit, systemFindingSchema } from '../doctor-report.ts';
import { diagnoseCameras } from './diagnose.ts';
import { diagnoseSystem } from './diagnose-system.ts';
import type { CameraFacts, SystemFacts } from './facts.ts';
import { wellCamera, wellSystem } from './facts-under-test.ts';

function diagnose(camera: Partial<CameraFacts> = {}, system: Partial<SystemFacts> = {}) {
  const [diagnosis] = diagnoseCameras([wellCamera(camera)], wellSystem(system));
  if (diagnosis === undefined) throw new Error('There is no diagnosis');
  return diagnosis;
}

const well = wellSystem();
const slowWorker = { rate: 2, inferenceMs: 495, threads: 2, inferenceRepeat: 1 };
const half = { seconds: 10, offered: 50, detected: 20, failed: 0, abandoned: 0 };
const unknown = { freshness: 'unknown', reason: 'There is no result yet.' } as const;

describe('the limit of a camera', () => {
  it.each<[Limit, string, Partial<CameraFacts>, Partial<SystemFacts>]>([
    ['none', 'all is well', {}, {}],
    [
      'none',
      'detection is off, so Redis and workers do not matter',
      { detection: { freshness: 'off', reason: null }, tally: null },
      { workers: [], redis: { ...well.redis, answers: false } },
    ],
    ['none', 'a camera is watched by nobody', { viewers: [] }, {}],
    ['off', 'the camera is switched off', { state: 'disabled', captureRate: 0 }, {}],
    ['unknown', 'it has only begun', { state: 'starting', stateMs: 2000 }, {}],
    ['unknown', 'it has been live for a moment', { stateMs: 900 }, {}],
    ['unknown', 'there is no result', { detection: unknown, tally: null }, {}],
    ['unknown', 'the books were not read', { tally: null }, {}],
    [
      'source',
      'the camera gives few frames, steadily',
      { captureRate: 5, arrivals: { rate: 9, longestGapMs: 210, stalledShare: 0 } },
      {},
    ],
    [
      'source',
      'a file plays slowly',
      {
        remote: false,
        captureRate: 8,
        arrivals: { rate: 9, longestGapMs: 900, stalledShare: 0.5 },
      },
      {},
    ],
    ['source', 'a person is needed', { state: 'failed', reason: 'The password is wrong' }, {}],
    ['source', 'a file never comes', { state: 'starting', stateMs: 20_000, remote: false }, {}],
    [
      'network',
      'pictures come in bursts, as many as wanted',
      { arrivals: { rate: 9, longestGapMs: 1500, stalledShare: 0.6 } },
      {},
    ],
    ['network', 'the connection broke', { restarts: 2 }, {}],
    ['network', 'it is being connected again', { state: 'reconnecting', reason: 'refused' }, {}],
    [
      'decode',
      'a thread of the decoder is busy all the time',
      { captureRate: 11, decoder: { computing: 0.97, waiting: 0.02, cores: 1.6 } },
      {},
    ],
    [
      'decode',
      'the decoder waits for a core',
      { captureRate: 20, decoder: { computing: 0.3, waiting: 0.65, cores: 0.4 } },
      {},
    ],
    [
      'redis',
      'it is away',
      { detection: unknown, tally: null },
      { redis: { ...well.redis, answers: false }, workers: null },
    ],
    [
      'redis',
      'it is full',
      { refusedRate: 5, tally: { ...half, offered: 0, detected: 0 } },
      { redis: { ...well.redis, usedBytes: 99e6 } },
    ],
    [
      'redis',
      'it is slow, and workers wait for it',
      { refusedRate: 2, tally: { ...half, offered: 30 } },
      { redis: { ...well.redis, roundTripMs: 300 } },
    ],
    ['redis', 'it throws keys out', {}, { redis: { ...well.redis, evicted: 12 } }],
    [
      'inference',
      'no worker runs',
      { detection: unknown, tally: { ...half, detected: 0 } },
      { workers: [] },
    ],
    ['inference', 'the worker is saturated', { tally: half }, { workers: [slowWorker] }],
    [
      'inference',
      'inferences fail',
      { tally: { ...half, detected: 0, failed: 50 }, detection: unknown },
      {},
    ],
    [
      'inference',
      'workers die in the middle of inferences',
      { tally: { ...half, detected: 40, abandoned: 8 } },
      {},
    ],
    [
      'viewer',
      'a viewer acknowledges late',
      {
        viewers: [
          { sent: 15, missed: 0, acknowledgedMs: 5 },
          { sent: 1, missed: 14, acknowledgedMs: 1000 },
        ],
      },
      {},
    ],
    [
      'disk',
      'the data folder takes no writes',
      {},
      { disk: { ...well.disk, fault: 'no room is left on its disk' } },
    ],
    ['disk', 'nothing is left of it', {}, { disk: { ...well.disk, freeBytes: 0 } }],
    [
      'network',
      'the camera does not answer, whatever is left of the disk',
      { state: 'reconnecting', reason: 'The camera does not answer', remote: true },
      { disk: { ...well.disk, freeBytes: 0 } },
    ],
  ])('is %s: %s', (limit, _why, camera, system) => {
    const found = diagnose(camera, system);
    expect(found).toMatchObject({ limit });
    // Who says that something is wrong says what to do.
    expect(found.advice === null).toBe(limit === 'none' || limit === 'off');
  });

  it('is the one whose cure wins most; the others follow', () => {
    const both = diagnose({ captureRate: 25, tally: half }, { workers: [slowWorker] });
    expect([both.limit, both.also.map(({ limit }) => limit)]).toEqual(['inference', ['source']]);
    const starved = diagnose({ captureRate: 1, tally: half }, { workers: [slowWorker] });
    expect([starved.limit, starved.also.map(({ limit }) => limit)]).toEqual([
      'source',
      ['inference'],
    ]);
  });

  it('is stated calmly while nobody misses anything', () => {
    expect(diagnose({ captureRate: 25 })).toMatchObject({ limit: 'source', severity: 'notice' });
    expect(diagnose({ captureRate: 5 })).toMatchObject({ limit: 'source', severity: 'warning' });
  });

  it('does not blame the detector for what Redis holds up', () => {
    const slow = { ...well.redis, roundTripMs: 300 };
    expect(diagnose({ tally: half }, { redis: slow }).also).toEqual([]);
  });

  it('counts the cameras that share the workers', () => {
    const cameras = [wellCamera({ tally: half }), wellCamera({ cameraId: 'yard' })];
    const [gate] = diagnoseCameras(cameras, wellSystem({ workers: [slowWorker] }));
    expect(gate?.evidence).toContainEqual({
      name: 'cameras that share the workers',
      value: 2,
      unit: '',
    });
  });

  it.each<[RegExp, Partial<SystemFacts>]>([
    [/Unset INFERENCE_REPEAT/, { workers: [{ ...slowWorker, inferenceRepeat: 10 }] }],
    [/one more worker \(LOOKOUT_WORKERS=2\): 60 %/, { workers: [slowWorker] }],
    [/Set detectFps to 2,/, { workers: [slowWorker], processorBusy: 0.95 }],
  ])('comes with the advice %s', (advice, system) => {
    expect(diagnose({ tally: half }, system).advice).toMatch(advice);
  });
});

describe('the whole', () => {
  const parts = (system: Partial<SystemFacts>) =>
    diagnoseSystem([wellCamera()], wellSystem(system)).map(({ part }) => part);

  it.each<[string[], Partial<SystemFacts>]>([
    [[], {}],
    [['disk'], { disk: { ...well.disk, freeBytes: 5e8 } }],
    [[], { disk: { bytes: 62e6, freeBytes: 58e6, fault: null } }],
    [['disk'], { disk: { bytes: 62e6, freeBytes: 5e6, fault: null } }],
    [['disk'], { disk: { bytes: null, freeBytes: 5e8, fault: null } }],
    [['api'], { apiBusy: 0.97 }],
    [['memory'], { memoryAvailableBytes: 1e8 }],
    [['redis'], { redis: { ...well.redis, answers: false }, workers: null }],
    [['inference'], { workers: [] }],
    [['inference'], { workers: [slowWorker] }],
  ])('finds %j', (expected, system) => {
    expect(parts(system)).toEqual(expected);
  });

  it.each([
    [64e9, 60e6, 'warning'],
    [64e9, 40e6, 'critical'],
    [62e6, 5e6, 'warning'],
    [62e6, 3e6, 'critical'],
  ])('calls a disk of %d bytes with %d free a %s', (bytes, freeBytes, severity) => {
    const disk = { bytes, freeBytes, fault: null };
    expect(diagnoseSystem([], wellSystem({ disk }))).toMatchObject([{ part: 'disk', severity }]);
  });

  it('misses no worker where nothing is to be detected', () => {
    const off = wellCamera({ detection: { freshness: 'off', reason: null } });
    expect(diagnoseSystem([off], wellSystem({ workers: [] }))).toEqual([]);
  });
});

describe('whatever the numbers', () => {
  const any = fc.double();
  const share = fc.oneof(any, fc.constant(null));
  const words = fc.option(fc.string());
  const camera: fc.Arbitrary<CameraFacts> = fc.record({
    cameraId: fc.constant('gate'),
    state: fc.constantFrom(...cameraStateSchema.options),
    reason: words,
    stateMs: any,
    remote: fc.boolean(),
    wanted: fc.record({ capture: any, live: any, detect: any }),
    captureRate: fc.oneof(any, fc.constant(30)),
    arrivals: fc.option(fc.record({ rate: any, longestGapMs: any, stalledShare: any })),
    restarts: fc.nat(),
    decoder: fc.option(fc.record({ computing: any, waiting: any, cores: any })),
    detection: fc.record({ freshness: fc.constantFrom(...freshnessSchema.options), reason: words }),
    tally: fc.option(
      fc.record({ seconds: any, offered: any, detected: any, failed: any, abandoned: any }),
    ),
    refusedRate: any,
    viewers: fc.array(fc.record({ sent: any, missed: any, acknowledgedMs: share })),
  });
  const system: fc.Arbitrary<SystemFacts> = fc.record({
    cores: fc.nat(),
    processorBusy: share,
    apiBusy: share,
    memoryBytes: any,
    memoryAvailableBytes: any,
    redis: fc.record({
      answers: fc.boolean(),
      roundTripMs: share,
      usedBytes: share,
      limitBytes: share,
      evicted: any,
    }),
    workers: fc.option(
      fc.array(
        fc.record({ rate: any, inferenceMs: share, threads: fc.nat(), inferenceRepeat: fc.nat() }),
      ),
    ),
    disk: fc.record({ bytes: share, freeBytes: share, fault: words }),
  });

  it('answers, and never says that all is well without having looked', () => {
    fc.assert(
      fc.property(fc.array(camera, { maxLength: 4 }), system, (cameras, whole) => {
        const found = diagnoseCameras(cameras, whole);
        expect(found.map(({ cameraId }) => cameraId)).toEqual(cameras.map(() => 'gate'));
        for (const [
          index,
          { also, limit, severity, headline, evidence, advice },
        ] of found.entries()) {
          const main = { limit, severity, headline, evidence, advice };
          for (const each of [main, ...also]) cameraFindingSchema.parse(each);
          const facts = cameras[index];
          if (main.limit !== 'none' || facts === undefined) continue;
          expect(facts.state).toBe('live');
          expect(facts.detection.freshness).not.toMatch(/unknown|stale/);
          expect(Number.isFinite(facts.captureRate)).toBe(true);
          if (facts.detection.freshness === 'fresh') expect(facts.tally).not.toBeNull();
        }
        for (const each of diagnoseSystem(cameras, whole)) systemFindingSchema.parse(each);
      }),
      { numRuns: 2000 },
    );
  });

  it('never says less for a worse detector', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (detected) => {
        const { limit } = diagnose({ tally: { ...half, detected } }, { workers: [slowWorker] });
        expect(limit).toBe(detected < 45 ? 'inference' : 'none');
      }),
    );
  });
});

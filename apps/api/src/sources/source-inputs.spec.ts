import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AddressRules } from './address-rules.ts';
import { EgressProxy } from './egress-proxy.ts';
import { MediaFiles } from './media-files.ts';
import { NamesUnderTest } from './names-under-test.ts';
import { isReady, SourceInputs } from './source-inputs.ts';

const names = new NamesUnderTest();
let folder: string;
let inputs: SourceInputs;

function withRules(rules: AddressRules): SourceInputs {
  const files = new MediaFiles({ mediaDir: folder, dataDir: join(folder, 'data') });
  return new SourceInputs(files, rules, new EgressProxy(rules, names), names);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-inputs-'));
  inputs = withRules(new AddressRules([]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const rtsp = (from: SourceInputs, host: string) =>
  from.prepare(
    { type: 'rtsp', url: `rtsp://user:pass@${host}:8554/x`, transport: 'tcp' },
    { width: 640, fps: 25 },
  );

async function urlOf(from: SourceInputs, host: string): Promise<string> {
  const prepared = await rtsp(from, host);
  if (!isReady(prepared)) throw new Error(prepared.reason);
  return prepared.input.url;
}

describe('the name of an RTSP camera', () => {
  it('is resolved once, and ffmpeg is given the address that was checked', async () => {
    names.answer('camera.test', ['10.0.0.5'], ['169.254.169.254']);
    expect(await urlOf(inputs, 'camera.test')).toBe('rtsp://user:pass@10.0.0.5:8554/x');
    expect(names.asked).toEqual(['camera.test']);
    names.answer('six.test', ['fd12::5']);
    expect(await urlOf(inputs, 'six.test')).toBe('rtsp://user:pass@[fd12::5]:8554/x');
  });

  it.each([
    [['169.254.169.254']],
    [['fe80::1']],
    [['::ffff:169.254.169.254']],
    [['10.0.0.5', '169.254.169.254']],
  ])('is refused when it stands for %j', async (addresses) => {
    names.answer('camera.test', addresses);
    const prepared = await rtsp(inputs, 'camera.test');
    expect(prepared).toMatchObject({
      needsPerson: true,
      reason: expect.stringMatching(
        /^camera\.test: .* link-local, metadata or multicast/,
      ) as string,
    });
  });

  it('may stand for whatever it does when the operator said so', async () => {
    names.answer('camera.test', ['169.254.7.7']);
    const lenient = withRules(new AddressRules(['camera.test']));
    expect(await urlOf(lenient, 'camera.test')).toBe('rtsp://user:pass@169.254.7.7:8554/x');
  });

  it('that nobody knows is looked for again later', async () => {
    expect(await rtsp(inputs, 'unknown.test')).toEqual({
      reason: 'The name unknown.test cannot be resolved',
      needsPerson: false,
    });
  });
});

describe('a device', () => {
  it('is refused when it leads to what is no video device', async () => {
    const [target, link] = [join(folder, 'secret'), join(folder, 'video0')];
    await writeFile(target, 'x');
    await symlink(target, link);
    for (const device of [link, '/dev/null', folder]) {
      expect(await inputs.prepare({ type: 'usb', device }, { width: 640, fps: 25 })).toEqual({
        reason: `${device} is no video device`,
        needsPerson: true,
      });
    }
  });
});

import { symlink, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import type { CameraStatus } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { HttpCamera } from '@lookout/test-cameras';
import { sleep } from '@lookout/timing';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type CallOptions,
  makeSite,
  type RunningApi,
  type Site,
  startApi,
} from '../running-api.ts';

const PAGE = resolve(import.meta.dirname, '../../../../docs/ref/bad-input.md');

let site: Site;
let api: RunningApi;
let camera: HttpCamera;

beforeAll(async () => {
  site = await makeSite();
  await writeFile(join(site.root, 'secret.mp4'), 'outside');
  await symlink(join(site.root, 'secret.mp4'), join(site.media, 'link.mp4'));
  const lists = {
    'list.ffconcat': "ffconcat version 1.0\nfile 'link.mp4'\n",
    'list.m3u8': '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/passwd\n',
    'text.mp4': 'no video '.repeat(1000),
  };
  for (const [name, text] of Object.entries(lists)) await writeFile(join(site.media, name), text);
  const redirect = (location: string) => (response: ServerResponse) => {
    response.writeHead(302, { location }).end();
    return undefined;
  };
  camera = await HttpCamera.start({
    '/to-metadata': redirect('http://169.254.169.254/latest/meta-data/'),
    '/to-file': redirect('file:///etc/passwd'),
    '/list.m3u8': (response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' });
      response.end('#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n');
      return undefined;
    },
  });
  api = await startApi(site);
  const gate = { name: 'Gate', enabled: false, source: { type: 'rtsp', url: GATE } };
  expect((await api.call('POST', '/api/v1/cameras', { body: gate })).status).toBe(201);
});

afterAll(async () => {
  await api.stop();
  await camera.stop();
  await site.remove();
});

type Ask = () => Promise<string>;

const GATE = 'rtsp://admin:s3cret@127.0.0.1:9/stream';
const CAMERAS = '/api/v1/cameras';
const CAMERA = `${CAMERAS}/gate`;

function send(method: string, path: string, options: CallOptions = {}): Ask {
  return async () => answerOf(await api.call(method, path, options));
}

type Named = Readonly<Record<string, string>>;

/** A camera of this source; what was accepted is followed until it fails. */
function source(from: Named | (() => Named)): Ask {
  return async () => {
    const body = { name: 'Bad', source: typeof from === 'function' ? from() : from };
    const made = await api.call('POST', CAMERAS, { body });
    if (made.status !== 201) return answerOf(made);
    const path = made.headers.get('location') ?? '';
    for (;;) {
      const answer = await api.call('GET', `${path}/status`);
      const { state, reason } = (await answer.json()) as CameraStatus;
      if (state === 'failed' || state === 'reconnecting') {
        await api.call('DELETE', path);
        return `201, then \`${state}\`: ${reason ?? ''}`;
      }
      await sleep(hostClock(), 50);
    }
  };
}

const url = (type: string, address: string) => source({ type, url: address });
const file = (path: string) => source({ type: 'file', path });
const usb = (device: string) => source({ type: 'usb', device });
const make = (body: object | string) => send('POST', CAMERAS, { body });
const patch = (body: unknown, headers = {}) => send('PATCH', CAMERA, { body, headers });

function load(body: string): Ask {
  return send('POST', '/api/v1/import', { body, headers: { 'content-type': 'application/yaml' } });
}

async function answerOf(answer: Response): Promise<string> {
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  return `${String(answer.status)}: ${(JSON.parse(text) as { detail: string }).detail}`;
}

const test = { type: 'test' };
const nested = (depth: number) => '{"detection":'.repeat(depth) + 'null' + '}'.repeat(depth);
const imported = (cameras: unknown) =>
  JSON.stringify({ format: 'lookout-cameras', version: 1, cameras });

const INPUTS: Readonly<Record<string, Readonly<Record<string, Ask>>>> = {
  Bodies: {
    'broken JSON': make('{"name": "Gate",'),
    'a list in place of an object': make('[]'),
    'a field that is not known': make({ name: 'A', source: test, colour: 'red' }),
    'the field `__proto__`': make(
      '{"name":"A","source":{"type":"test"},"__proto__":{"role":"admin"}}',
    ),
    'a rate as text': make({ name: 'A', source: test, captureFps: '15' }),
    'rates that do not fit each other': make({
      name: 'A',
      source: test,
      captureFps: 5,
      liveFps: 9,
    }),
    'an odd width': make({ name: 'A', source: test, frame: { width: 641 } }),
    'a name of spaces': make({ name: '   ', source: test }),
    'a model that is not there': make({ name: 'A', source: test, detection: { model: '../x' } }),
    'a label that the model does not know': make({
      ...{ name: 'A', source: test },
      detection: { classes: ['Person'], events: { labels: ['unicorn'] } },
    }),
    'no body': send('POST', CAMERAS, { headers: { 'content-type': 'application/json' } }),
    XML: send('POST', CAMERAS, { body: '<a/>', headers: { 'content-type': 'text/xml' } }),
    '300 KiB': make({ name: 'A'.repeat(300 * 1024), source: test }),
  },
  Patches: {
    text: patch('"a"'),
    'a field that the server sets': patch({ id: 'other', version: 7 }),
    '`null` for what has no default': patch({ name: null }),
    '2,000 levels': patch(nested(2000)),
    'another type of source without its fields': patch({ source: { type: 'file' } }),
    '`If-Match` of another version': patch({ name: 'B' }, { 'if-match': '"99"' }),
    '`***` for another host': patch({ source: { url: 'rtsp://admin:***@127.0.0.2:9/stream' } }),
    '`***` for another protocol': patch({
      source: { url: 'rtsps://admin:***@127.0.0.1:9/stream' },
    }),
  },
  Addresses: {
    '`***` where nothing is kept': url('rtsp', 'rtsp://admin:***@127.0.0.1/stream'),
    'metadata of a cloud': url('http', 'http://169.254.169.254/latest/meta-data/'),
    'the same, decimal': url('http', 'http://2852039166/'),
    'the same, hexadecimal': url('http', 'http://0xA9FEA9FE/'),
    'the same, octal': url('http', 'http://0251.0376.0251.0376/'),
    'the same, inside IPv6': url('rtsp', 'rtsp://[::ffff:169.254.169.254]/x'),
    'the same, decimal, by RTSP': url('rtsp', 'rtsp://2852039166/x'),
    'the same, by NAT64': url('http', 'http://[64:ff9b::a9fe:a9fe]/'),
    'the same, with a dot at the end': url('http', 'http://169.254.169.254./'),
    'the same, as wide digits': url('http', 'http://１６９.254.169.254/'),
    'metadata by IPv6': url('hls', 'http://[fd00:ec2::254]/x.m3u8'),
    'link-local IPv6': url('rtsp', 'rtsp://[fe80::1]/x'),
    multicast: url('rtsp', 'rtsp://239.1.1.1/x'),
    everywhere: url('rtsp', 'rtsp://0.0.0.0/x'),
    'a redirect to metadata': source(() => ({ type: 'http', url: camera.url('/to-metadata') })),
    'a redirect to a file': source(() => ({ type: 'http', url: camera.url('/to-file') })),
    'a playlist that names a file': source(() => ({ type: 'hls', url: camera.url('/list.m3u8') })),
    'no host': url('rtsp', 'rtsp://'),
  },
  'Protocols and arguments': {
    '`file:` as `http`': url('http', 'file:///etc/passwd'),
    '`concat:` as `http`': url('http', 'concat:http://127.0.0.1/a|file:///etc/passwd'),
    '`http:` as `rtsp`': url('rtsp', 'http://127.0.0.1/'),
    '`gopher:` as `hls`': url('hls', 'gopher://127.0.0.1/x.m3u8'),
    'another argument behind a space': url('rtsp', 'rtsp://127.0.0.1/x -f lavfi'),
    'a quote': url('rtsp', 'rtsp://127.0.0.1/"x"'),
    'a line break (left out, as the URL standard has it)': url(
      'rtsp',
      'rtsp://127.0.0.1/x\nfile:///etc/passwd',
    ),
    'an option as an address': url('rtsp', '-i'),
    'a type that there is not': source({ type: 'exec', command: 'id' }),
    'a command in a generated picture': source({ type: 'test', filter: 'movie=/etc/passwd' }),
  },
  'Files and devices': {
    'a path that leads out': file('../secret.mp4'),
    'an absolute path': file('/etc/passwd'),
    'a link that leads out': file('link.mp4'),
    'a NUL byte': file('a\u0000.mp4'),
    'an option': file('-i'),
    '`concat:`': file('concat:a.mp4|b.mp4'),
    'a list of other files': file('list.ffconcat'),
    'a playlist': file('list.m3u8'),
    'what is no video': file('text.mp4'),
    'a folder': file('.'),
    'a disk as a camera': usb('/dev/sda'),
    'a path behind a device': usb('/dev/video0/../sda'),
    'an option as a device': usb('-i'),
    'a device that is not there': usb('/dev/video63'),
  },
  'Paths, tokens and headers': {
    'a path in place of an id': send('GET', `${CAMERAS}/..%2f..%2fetc%2fpasswd`),
    'a NUL byte as an id': send('GET', `${CAMERAS}/%00`),
    'half a character': send('GET', `${CAMERAS}/%E0%A4%A`),
    'a method that is not there': send('PUT', CAMERA, { body: {} }),
    'a rate that is none': send('GET', `${CAMERA}/stream.mjpeg?fps=fast`),
    'no token': send('GET', CAMERAS, { token: null }),
    'a wrong token': send('GET', CAMERAS, { token: 'wrong' }),
    'a token in an address that takes none': async () =>
      send('GET', `${CAMERAS}?token=${api.newAdminToken ?? ''}`, { token: null })(),
    'a password in place of a token': send('GET', CAMERAS, {
      ...{ token: null, headers: { authorization: 'Basic YWRtaW46YWRtaW4=' } },
    }),
    'a sign-in from another site': send('POST', '/api/v1/session', {
      headers: { origin: 'https://example.org' },
    }),
    'a token for a camera that is not there': send('POST', '/api/v1/tokens', {
      body: { name: 'A', role: 'viewer', cameraIds: ['none'] },
    }),
    'an admin for one camera': send('POST', '/api/v1/tokens', {
      body: { name: 'A', role: 'admin', cameraIds: ['gate'] },
    }),
    'to revoke the token in use': send('DELETE', '/api/v1/tokens/admin'),
  },
  Imports: {
    'no YAML': load('{[}'),
    'another format': load('format: other\nversion: 1\ncameras: []\n'),
    'a document that unfolds': load(
      `a: &a [${'x,'.repeat(50)}x]\nb: &b [${'*a,'.repeat(50)}*a]\nc: &c [${'*b,'.repeat(50)}*b]\nd: [${'*c,'.repeat(50)}*c]\n`,
    ),
    'an id twice': load(
      imported([
        { id: 'a', name: 'A', source: test },
        { id: 'a', name: 'B', source: test },
      ]),
    ),
    'an id that is a path': load(imported([{ id: '../a', name: 'A', source: test }])),
    'a file that lies outside': load(
      imported([{ name: 'A', source: { type: 'file', path: '../secret.mp4' } }]),
    ),
    'metadata of a cloud': load(
      imported([{ name: 'A', source: { type: 'rtsp', url: 'rtsp://169.254.169.254/x' } }]),
    ),
    '201 cameras': load(imported(Array.from({ length: 201 }, () => ({ name: 'A', source: test })))),
    'a passphrase for nothing': send('POST', '/api/v1/import', {
      body: imported([]),
      headers: { 'content-type': 'application/yaml', 'x-lookout-passphrase': 'of-no-use-at-all' },
    }),
  },
};

const HEAD = `# Bad input

What Lookout answers to what it should not accept: status and \`detail\`, or what becomes of a camera that was accepted. A test (\`apps/api/src/http/bad-input.spec.ts\`) sends each line to a running api, with real servers and a real ffmpeg, and fails when this page says something else. After a wanted change \`vitest run --project api bad-input --update\` writes it anew.
`;

it('answers bad input as the page says', async () => {
  const parts = [HEAD];
  for (const [title, inputs] of Object.entries(INPUTS)) {
    parts.push(`## ${title}\n`, '| sent | answer |\n| --- | --- |');
    for (const [sent, ask] of Object.entries(inputs)) {
      const answer = (await ask())
        .replaceAll(/\*{3}|__proto__/g, '`$&`')
        .replaceAll(/127\.0\.0\.1:\d{2,}/g, '127.0.0.1')
        .replace(/(?<=the catalog has ).*/, '…');
      parts.push(`| ${cell(sent)} | ${cell(answer)} |`);
    }
    parts.push('');
  }
  const page = parts.join('\n');
  expect(page).not.toContain('s3cret');
  expect(page).not.toContain(site.root);
  expect(page).not.toMatch(/\| 5\d\d/);
  const style = await resolveConfig(PAGE);
  await expect(await format(page, { ...style, parser: 'markdown' })).toMatchFileSnapshot(PAGE);
  // Nothing was changed, and nothing stayed.
  const left: unknown = await (await api.call('GET', CAMERAS)).json();
  expect(left).toEqual([expect.objectContaining({ id: 'gate', version: 1 })]);
}, 120_000);

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\0', '␀');
}

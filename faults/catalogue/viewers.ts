import { LIVE_NAMESPACE, type LiveEvents, type ViewerEvents } from '@lookout/contracts';
import { io, type Socket } from 'socket.io-client';
import type { Fault } from '../scene/fault.ts';
import type { Scene } from '../scene/scene.ts';

const LASTS_MS = 2000;
const FLOOD_EVERY_MS = 10;
const FLOOD = 50;
const FORGERIES = 15;

/** Faults of those who look on. */
export const viewerFaults: readonly Fault[] = [
  {
    name: 'viewer-silent',
    about: 'a viewer that never acknowledges',
    house: 'own',
    hits: 'nothing',
    spares: 'all',
    async play(scene) {
      const viewer = connect(scene, scene.house.token);
      let frames = 0;
      viewer.on('frame', () => {
        frames += 1;
      });
      await scene.strike(() => viewer.emitWithAck('watch', { cameraId: scene.struck }));
      await scene.last(LASTS_MS);
      await scene.mend(() => viewer.disconnect());
      scene.claim('it gets one frame and no other', frames === 1);
    },
  },
  {
    name: 'viewer-flood',
    about: 'a viewer that sends 5000 events a second',
    house: 'own',
    hits: 'nothing',
    spares: 'all',
    async play(scene) {
      const viewer = connect(scene, scene.house.token);
      let refusals = 0;
      const flood = (): void => {
        for (let sent = 0; sent < FLOOD; sent += 1) {
          viewer.emit('watch', { cameraId: 'nobody' }, (reply) => {
            if (!reply.ok && reply.error === 'too many requests') refusals += 1;
          });
        }
      };
      const timer = setInterval(flood, FLOOD_EVERY_MS);
      await scene.strike(flood);
      await scene.last(LASTS_MS);
      clearInterval(timer);
      await scene.mend(() => viewer.disconnect());
      scene.claim('it is told that it asks too much', refusals > 0);
    },
  },
  {
    name: 'viewer-forged',
    about: 'a viewer with forged tokens, by socket and by REST',
    house: 'own',
    hits: 'nothing',
    spares: 'all',
    async play(scene) {
      const { token, rest } = scene.house;
      const forged = [
        '',
        'x'.repeat(token.length),
        `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
        'eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.',
      ];
      const answers: string[] = [];
      await scene.strike(async () => {
        for (let turn = 0; turn < FORGERIES; turn += 1) {
          const one = forged[turn % forged.length] ?? '';
          answers.push(await knock(scene, one), await call(`${rest.url}/api/v1/cameras`, one));
        }
      });
      scene.claim(
        'each is refused',
        answers.every((answer) => ['refused', '401', '429'].includes(answer)),
      );
      scene.claim('who has the right one is still let in', (await knock(scene, token)) === 'in');
    },
  },
];

function connect(scene: Scene, token: string): Socket<LiveEvents, ViewerEvents> {
  return io(`${scene.house.rest.url}${LIVE_NAMESPACE}`, {
    auth: { token },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
}

async function knock(scene: Scene, token: string): Promise<string> {
  const socket = connect(scene, token);
  const answer = await new Promise<string>((resolve) => {
    socket.once('connect', () => {
      resolve('in');
    });
    socket.once('connect_error', () => {
      resolve('refused');
    });
  });
  socket.disconnect();
  return answer;
}

async function call(url: string, token: string): Promise<string> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return String(response.status);
}

import type { IncomingMessage } from 'node:http';
import { LIVE_NAMESPACE, unwatchSchema, watchSchema, type WatchReply } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Inject } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { z } from 'zod';
import { isOwnOrigin } from '../access/origin.ts';
import { maySee, type Principal } from '../access/principal.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { CLOCK } from '../tokens.ts';
import { Audience } from './audience.ts';
import { EventAllowance } from './event-allowance.ts';
import { Turnstile } from './turnstile.ts';
import { Viewer } from './viewer.ts';
import { type LiveNamespace, ViewerLine, type ViewerSocket } from './viewer-line.ts';
import { ViewerPaces } from './viewer-paces.ts';
import { wireTo } from './viewer-wire.ts';

type Reply = (reply: WatchReply) => void;

/** Sockets join and leave here, and say what they want to see. */
@WebSocketGateway({
  namespace: LIVE_NAMESPACE,
  serveClient: false,
  // JPEG does not get smaller, and compressing would copy every frame for every viewer.
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: 16 * 1024,
  connectTimeout: 10_000,
  allowRequest: (
    request: IncomingMessage,
    decide: (error: string | null, allowed: boolean) => void,
  ) => {
    const own = isOwnOrigin(request.headers);
    decide(own ? null : 'Only pages of Lookout itself may connect', own);
  },
})
export class LiveGateway
  implements OnGatewayInit<LiveNamespace>, OnGatewayConnection<ViewerSocket>
{
  constructor(
    private readonly turnstile: Turnstile,
    private readonly audience: Audience,
    private readonly cameras: CameraWatch,
    private readonly paces: ViewerPaces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  afterInit(namespace: LiveNamespace): void {
    this.turnstile.guard(namespace);
  }

  handleConnection(socket: ViewerSocket): void {
    const line = new ViewerLine(socket.conn);
    const pace = this.paces.join();
    const viewer = new Viewer(wireTo(socket, line), pace.ledger, this.clock);
    const allowance = new EventAllowance(this.clock);
    const answer = (reply: Reply | undefined, act: () => WatchReply) => {
      const outcome: WatchReply = allowance.spend()
        ? act()
        : { ok: false, error: 'too many requests' };
      // An answer that the viewer does not read would stay in memory like anything else.
      if (typeof reply === 'function' && line.isFree) reply(outcome);
      return outcome.ok;
    };
    this.audience.join(viewer);
    socket.on('watch', (request, reply) => {
      const watching = answer(reply, () => this.#watch(viewer, socket.data.principal, request));
      if (watching) this.audience.greet(viewer, request.cameraId);
    });
    socket.on('unwatch', (request, reply) => {
      answer(reply, () => unwatch(viewer, request));
    });
    socket.once('disconnect', () => {
      this.audience.leave(viewer);
      pace.leave();
      // Joining again on the same connection would be a way round the one unacknowledged frame.
      socket.conn.close(true);
    });
  }

  #watch(viewer: Viewer, principal: Principal, request: unknown): WatchReply {
    const wish = watchSchema.safeParse(request);
    if (!wish.success) return refusal(wish.error);
    const { cameraId } = wish.data;
    if (!maySee(principal, cameraId) || this.cameras.get(cameraId) === undefined) {
      return { ok: false, error: `there is no camera "${cameraId}"` };
    }
    viewer.watch(wish.data);
    return { ok: true };
  }
}

function unwatch(viewer: Viewer, request: unknown): WatchReply {
  const wish = unwatchSchema.safeParse(request);
  if (!wish.success) return refusal(wish.error);
  viewer.unwatch(wish.data.cameraId);
  return { ok: true };
}

function refusal(error: z.ZodError): WatchReply {
  const words = error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  return { ok: false, error: words.join('; ') };
}

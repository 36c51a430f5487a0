import type { LiveEvents, ViewerEvents } from '@lookout/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Principal } from '../access/principal.ts';

/** What is known of who is at the other end. */
interface SocketData {
  principal: Principal;
}

export type LiveNamespace = Namespace<ViewerEvents, LiveEvents, DefaultEventsMap, SocketData>;
export type ViewerSocket = Socket<ViewerEvents, LiveEvents, DefaultEventsMap, SocketData>;

/** Characters of text that may wait behind what the viewer has not yet read. */
const MOST_WAITING = 256 * 1024;

/**
 * Knows how much text waits for a viewer that reads too slowly. TCP loses nothing, so whatever is
 * sent to a viewer that does not read stays in this process' memory: the sender has to stop. Frames
 * are bounded by their acknowledgements and not counted.
 */
export class ViewerLine {
  #waiting = 0;

  constructor(connection: ViewerSocket['conn']) {
    // Packets are created into a buffer that is flushed whole once the transport can write again.
    connection.on('packetCreate', (packet: { data?: unknown }) => {
      if (typeof packet.data === 'string') this.#waiting += packet.data.length;
    });
    connection.on('flush', () => {
      this.#waiting = 0;
    });
  }

  get isFree(): boolean {
    return this.#waiting < MOST_WAITING;
  }
}

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request; what it returns is called when the client has gone. */
type Answer = (
  response: ServerResponse,
  authorization: string | undefined,
) => (() => void) | undefined;

/** An HTTP camera that a test makes of answers by path. */
export class HttpCamera {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(answers: Readonly<Record<string, Answer>>): Promise<HttpCamera> {
    const server = createServer((request, response) => {
      const answer = answers[(request.url ?? '').replace(/\?.*$/, '')];
      if (answer === undefined) {
        response.writeHead(404).end();
        return;
      }
      const left = answer(response, request.headers.authorization);
      if (left !== undefined) response.on('close', left);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HttpCamera(server);
  }

  url(path: string, login = ''): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${login}127.0.0.1:${String(port)}${path}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/**
 * Sends pictures one after another at a rate, as cameras do.
 * @param onSent - called at each, for a test that must know the rate to which a busy machine held it
 */
export function mjpeg(
  pictures: readonly Uint8Array[],
  fps: number,
  onSent: () => void = () => undefined,
): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
    let sent = 0;
    const timer = setInterval(() => {
      const picture = pictures[Math.min(sent, pictures.length - 1)] ?? new Uint8Array();
      sent += 1;
      response.write(
        `--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${String(picture.length)}\r\n\r\n`,
      );
      response.write(picture);
      response.write('\r\n');
      onSent();
    }, 1000 / fps);
    return () => {
      clearInterval(timer);
    };
  };
}

/** Sends bytes at a pace, again and again. */
export function bytes(chunks: readonly Uint8Array[], everyMs: number, type: string): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': type });
    let sent = 0;
    const timer = setInterval(() => {
      const chunk = chunks[sent % chunks.length];
      sent += 1;
      if (chunk !== undefined) response.write(chunk);
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const attributesSchema = z.array(
  z.object({
    key: z.string(),
    value: z.object({ stringValue: z.string().optional(), intValue: z.unknown().optional() }),
  }),
);

/** As much as tests need of OTLP's `ExportTraceServiceRequest` in JSON. */
const requestSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string().regex(/^[0-9a-f]{32}$/),
              spanId: z.string().regex(/^[0-9a-f]{16}$/),
              parentSpanId: z.string().optional(),
              name: z.string(),
              startTimeUnixNano: z.string(),
              endTimeUnixNano: z.string(),
              attributes: attributesSchema,
              status: z.object({ code: z.int(), message: z.string().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A span as a receiver got it. */
export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentId: string;
  readonly name: string;
  /** ms since the Unix epoch. */
  readonly from: number;
  /** ms since the Unix epoch. */
  readonly to: number;
  readonly attributes: ReadonlyMap<string, unknown>;
  /** `undefined`: it is not marked as failed. */
  readonly failure: string | undefined;
}

/** A receiver of OTLP over HTTP on a free port of this machine, for tests. */
export interface OtlpReceiver {
  readonly endpoint: string;
  readonly spans: ReceivedSpan[];
  /** Headers of the last request. */
  headers(): Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Starts a receiver that keeps every span it gets, and answers 400 to what is not OTLP. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  let headers: Record<string, unknown> = {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      headers = request.headers;
      try {
        if (request.url !== '/v1/traces') throw new Error(`unknown path ${request.url ?? ''}`);
        spans.push(...readSpans(Buffer.concat(chunks).toString('utf8')));
        response.setHeader('content-type', 'application/json').end('{}');
      } catch (error) {
        response.writeHead(400).end(String(error));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    spans,
    headers: () => headers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function readSpans(json: string): ReceivedSpan[] {
  const { resourceSpans } = requestSchema.parse(JSON.parse(json));
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = valuesOf(resource.attributes).get('service.name');
    return scopeSpans
      .flatMap((scope) => scope.spans)
      .map((span) => ({
        service: String(service),
        traceId: span.traceId,
        spanId: span.spanId,
        parentId: span.parentSpanId ?? '',
        name: span.name,
        from: Number(BigInt(span.startTimeUnixNano) / 1000n) / 1000,
        to: Number(BigInt(span.endTimeUnixNano) / 1000n) / 1000,
        attributes: valuesOf(span.attributes),
        failure: span.status.code === 2 ? (span.status.message ?? '') : undefined,
      }));
  });
}

function valuesOf(attributes: z.output<typeof attributesSchema>): Map<string, unknown> {
  return new Map(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  );
}

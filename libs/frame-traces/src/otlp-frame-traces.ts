import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import type { Context, Span, Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  RandomIdGenerator,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type {
  FrameEnd,
  FrameTraces,
  Stretch,
  TracedFrame,
  TracedService,
  TraceSettings,
} from './frame-traces.ts';
import { traceNames, type TraceNames } from './trace-names.ts';

const EXPORT_MS = 2000;
const CLOSE_MS = 1000;

/** Gives the next span the names that it is to have, and others random ones. */
class GivenIds extends RandomIdGenerator {
  next: TraceNames | null = null;

  override generateTraceId = (): string => this.next?.traceId ?? randomIds.generateTraceId();
  override generateSpanId = (): string => this.next?.rootId ?? randomIds.generateSpanId();
}

const randomIds = new RandomIdGenerator();

/** Traces by OpenTelemetry's SDK, in OTLP's JSON over HTTP. What cannot be exported is dropped. */
export class OtlpFrameTraces implements FrameTraces {
  readonly #sampler: TraceIdRatioBasedSampler;
  readonly #ids = new GivenIds();
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;

  constructor(settings: TraceSettings, service: TracedService, onTrouble: (words: string) => void) {
    hearTroubles(onTrouble);
    this.#sampler = new TraceIdRatioBasedSampler(settings.ratio);
    const url = `${settings.endpoint.replace(/\/+$/, '')}/v1/traces`;
    const exporter = new OTLPTraceExporter({
      url,
      headers: { ...settings.headers },
      timeoutMillis: EXPORT_MS,
    });
    this.#provider = new TracerProvider({
      sampler: this.#sampler,
      idGenerator: this.#ids,
      resource: resourceFromAttributes({
        'service.name': service.name,
        'service.namespace': 'lookout',
        'service.instance.id': service.instance,
      }),
      spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_MS })],
    });
    this.#tracer = this.#provider.getTracer('lookout');
  }

  wants(frame: TracedFrame): boolean {
    return this.#wants(traceNames(frame));
  }

  stretches(frame: TracedFrame, stretches: readonly Stretch[]): void {
    const names = traceNames(frame);
    if (!this.#wants(names)) return;
    const { traceId, rootId: spanId } = names;
    const root = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
    const context = trace.setSpanContext(ROOT_CONTEXT, root);
    for (const { name, from, to } of stretches) {
      this.#begin(name, frame, from, context).end(momentOf(frame, to));
    }
  }

  end(frame: TracedFrame, { to, model, worker, failure }: FrameEnd): void {
    const names = traceNames(frame);
    if (!this.#wants(names)) return;
    this.#ids.next = names;
    const span = this.#begin('frame', frame, 0, ROOT_CONTEXT);
    this.#ids.next = null;
    span.setAttributes({ 'lookout.model': model, 'lookout.worker': worker });
    if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    span.end(momentOf(frame, to));
  }

  async close(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
    // What is not there in time is dropped: nothing waits for traces.
    await Promise.race([this.#provider.shutdown().catch(() => undefined), late]);
  }

  #wants({ traceId }: TraceNames): boolean {
    const { decision } = this.#sampler.shouldSample(ROOT_CONTEXT, traceId);
    return decision === SamplingDecision.RECORD_AND_SAMPLED;
  }

  #begin(name: string, frame: TracedFrame, from: number, context: Context): Span {
    const attributes = {
      'lookout.camera': frame.cameraId,
      'lookout.epoch': frame.epoch,
      'lookout.sequence': frame.sequence,
    };
    return this.#tracer.startSpan(name, { startTime: momentOf(frame, from), attributes }, context);
  }
}

/** Seconds and nanoseconds since the Unix epoch. */
function momentOf({ capturedAt }: TracedFrame, age: number): [number, number] {
  const ms = capturedAt + age;
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.floor((ms - seconds * 1000) * 1e6)];
}

/** OpenTelemetry tells of its troubles to one listener of the process. */
function hearTroubles(onTrouble: (words: string) => void): void {
  let last = '';
  const hear = (words: string) => {
    if (words === last) return;
    last = words;
    onTrouble(words);
  };
  const silence = () => undefined;
  const logger = { error: hear, warn: hear, info: silence, debug: silence, verbose: silence };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { ProbeResult, Source } from '@lookout/contracts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { Icon } from '../shell/icon.ts';

/** The server answers within ten seconds; the rest is for the way. */
const TIMEOUT_MS = 20_000;

/** Looks at a source before a camera is made of it. */
@Component({
  selector: 'lo-probe',
  imports: [Icon, MatButton],
  templateUrl: './probe.html',
  styleUrl: './probe.scss',
})
export class Probe {
  readonly #rest = inject(Rest);
  readonly source = input.required<Source>();
  /** The camera whose stored password `***` stands for, if there is one. */
  readonly cameraId = input<string>();
  protected readonly busy = signal(false);
  readonly #answer = signal<{ of: string; result: ProbeResult } | null>(null);
  readonly #failure = signal<{ of: string; reason: string } | null>(null);
  readonly #key = computed(() => JSON.stringify(this.source()));

  /** Of the source as it is in the form now; what was seen of another one says nothing about it. */
  protected readonly result = computed(() => {
    const answer = this.#answer();
    return answer?.of === this.#key() ? answer.result : null;
  });
  protected readonly failure = computed(() => {
    const failure = this.#failure();
    return failure?.of === this.#key() ? failure.reason : null;
  });
  protected readonly facts = computed(() => factsOf(this.result()));
  /** Whose credentials are meant; the server refuses to be asked for them without need. */
  #stored(): { cameraId?: string } {
    const [source, cameraId] = [this.source(), this.cameraId()];
    const meant = cameraId !== undefined && 'url' in source && source.url.includes('***');
    return meant ? { cameraId } : {};
  }

  protected async test(): Promise<void> {
    if (this.busy()) return;
    const of = this.#key();
    this.busy.set(true);
    this.#answer.set(null);
    this.#failure.set(null);
    try {
      const result = await this.#rest.post('/api/v1/cameras/probe', {
        body: { source: this.source(), ...this.#stored() },
        timeoutMs: TIMEOUT_MS,
      });
      this.#answer.set({ of, result });
    } catch (error) {
      this.#failure.set({ of, reason: whyNot(error) });
    } finally {
      this.busy.set(false);
    }
  }
}

function whyNot(error: unknown): string {
  const fields = error instanceof RequestFailure ? error.fields : [];
  if (fields.length === 0) return reasonOf(error);
  return `The address ${fields.map(({ message }) => message).join('; ')}.`;
}

/** `[['Picture', '1920 × 1080'], …]`, what is known of it. */
function factsOf(result: ProbeResult | null): (readonly [string, string])[] {
  if (result === null) return [];
  const { width, height, fps, codec, audio } = result;
  return [
    ...(width === null || height === null
      ? []
      : [['size', `${String(width)} × ${String(height)}`] as const]),
    ...(fps === null ? [] : [['rate', `${String(Math.round(fps * 10) / 10)} fps`] as const]),
    ...(codec === null ? [] : [['codec', codec] as const]),
    ...(result.ok ? [['sound', audio ? 'yes, left out' : 'none'] as const] : []),
  ];
}

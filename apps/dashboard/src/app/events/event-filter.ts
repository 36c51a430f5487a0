import type { EventState } from '@lookout/contracts';

/** Which events are to be shown; `null` lets every one through. */
export interface EventFilter {
  readonly cameraId: string | null;
  readonly label: string | null;
  readonly state: EventState | null;
  /** Those that were there at some moment from then on, in ms since the Unix epoch. */
  readonly from: number | null;
  /** Those that had begun before then. */
  readonly to: number | null;
}

export const ALL_EVENTS: EventFilter = {
  cameraId: null,
  label: null,
  state: null,
  from: null,
  to: null,
};

export const STATES = ['active', 'uncertain', 'ended'] as const satisfies readonly EventState[];

/** Reads the address of the page; what makes no sense there is left out. */
export function filterOf(params: { get(name: string): string | null }): EventFilter {
  const state = params.get('state');
  return {
    cameraId: textOf(params.get('cameraId')),
    label: textOf(params.get('label')),
    state: STATES.find((known) => known === state) ?? null,
    from: momentOf(params.get('from')),
    to: momentOf(params.get('to')),
  };
}

/** The filter as REST and the address of the page have it; what is let through is not in it. */
export function queryOf({ cameraId, label, state, from, to }: EventFilter) {
  return {
    ...(cameraId === null ? {} : { cameraId }),
    ...(label === null ? {} : { label }),
    ...(state === null ? {} : { state }),
    ...(from === null ? {} : { from: new Date(from).toISOString() }),
    ...(to === null ? {} : { to: new Date(to).toISOString() }),
  };
}

/** Whether anything is filtered out at all. */
export function isNarrow(filter: EventFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

function textOf(text: string | null): string | null {
  return text === '' ? null : text;
}

function momentOf(text: string | null): number | null {
  const moment = Date.parse(text ?? '');
  return Number.isNaN(moment) ? null : moment;
}

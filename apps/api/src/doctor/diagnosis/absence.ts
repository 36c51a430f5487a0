import type { CameraFacts } from './facts.ts';
import { evidence } from './numbers.ts';
import type { Symptom } from './symptom.ts';

/** A camera that has only begun is given this long, in ms. */
export const BEGINNING = 10_000;

/** Why a camera that should be live is not. */
export function absenceSymptoms(camera: CameraFacts): Symptom[] {
  const { state, reason, remote, stateMs } = camera;
  if (state === 'starting' && stateMs < BEGINNING) return [];
  const needsPerson = state === 'failed';
  const limit = remote && !needsPerson ? 'network' : 'source';
  return [
    {
      limit,
      severity: 'critical',
      gain: 1,
      headline: needsPerson
        ? `There is no picture: ${reason ?? 'the camera cannot begin'}`
        : `There is no picture, the camera is ${state}: ${reason ?? 'nothing has come from it yet'}`,
      evidence: [
        evidence('time in this state', stateMs / 1000, 's'),
        ...(remote ? [evidence('reconnects in the last minute', camera.restarts, '')] : []),
      ],
      advice: adviceFor(needsPerson, remote),
    },
  ];
}

function adviceFor(needsPerson: boolean, remote: boolean): string {
  if (needsPerson)
    return 'Put the source right in the settings of the camera; it is tried again by itself.';
  return remote
    ? 'See whether the camera has power and answers on the network; Lookout keeps trying by itself.'
    : 'See whether the file or device is there and gives a picture; Lookout keeps trying by itself.';
}

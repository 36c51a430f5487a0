import { newCameraSchema } from '@lookout/contracts';

/** The camera that a newcomer finds: footage that the set-up fetched. */
export const demoCamera = newCameraSchema.parse({
  name: 'Demo',
  source: { type: 'file', path: 'vtest.mp4' },
});

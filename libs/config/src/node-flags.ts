/**
 * Flags that our processes run Node with. Frames are garbage as soon as they are sent, so the space for
 * young objects is kept small: V8 lets it grow to more than 100 MiB, and each frame waits in there for
 * as long as that takes to fill. `docs/design/performance.md` has the figures.
 */
export const NODE_FLAGS: readonly string[] = ['--enable-source-maps', '--max-semi-space-size=8'];

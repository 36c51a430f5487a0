import type { ModelProgress } from '@lookout/model-catalog';

/** Turns the progress of a model into lines for a person: one for each quarter of a download. */
export function progressLines(id: string, say: (line: string) => void): (p: ModelProgress) => void {
  let quarter = -1;
  return (progress) => {
    switch (progress.stage) {
      case 'download': {
        const { receivedBytes, totalBytes } = progress;
        const reached = Math.floor((4 * receivedBytes) / totalBytes);
        if (reached === quarter) return;
        quarter = reached;
        say(`${id}: downloaded ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`);
        return;
      }
      case 'convert':
        say(`${id}: converting to ONNX`);
    }
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

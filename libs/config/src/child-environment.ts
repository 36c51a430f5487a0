/**
 * The environment for a child process: this process's own without what npm adds for its scripts,
 * and with the given changes.
 * @param changes - names and values; `undefined` takes a name away
 */
export function childEnvironment(
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !isFromNpm(name));
  const environment: Record<string, string> = {};
  for (const [name, value] of [...kept, ...Object.entries(changes)]) {
    if (value === undefined) Reflect.deleteProperty(environment, name);
    else environment[name] = value;
  }
  return environment;
}

function isFromNpm(name: string): boolean {
  return name.startsWith('npm_') || name === 'INIT_CWD' || name === 'NODE';
}

/** Takes `no_proxy` out of this process's environment, and so out of its children's. */
export function dropProxyExceptions(): void {
  for (const name of ['no_proxy', 'NO_PROXY']) Reflect.deleteProperty(process.env, name);
}

/**
 * Keeps ONNX Runtime, in this process and its children, from telling its maker about itself: its
 * builds for Linux (1.30) come with telemetry switched on, which also leaves a log in the temporary
 * folder for each process.
 * To be called in a process' first thread before any session is opened; other threads have a copy.
 */
export function forbidTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

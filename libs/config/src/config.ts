import { resolve } from 'node:path';
import { z } from 'zod';

const integer = (lowest: number, highest: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(lowest).max(highest));

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => {
        const parsed = URL.parse(text);
        return parsed !== null && protocols.includes(parsed.protocol);
      },
      `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}, ` +
        'with /, #, ? and @ of a password written as %2F, %23, %3F and %40',
    )
    .refine((text) => {
      const parsed = URL.parse(text);
      return parsed === null || isEncoded(`${parsed.username}:${parsed.password}`);
    }, 'must have each % of a name or password written as %25');

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** `name=value`, separated by commas, the values percent-encoded, as OpenTelemetry has it. */
function headers() {
  const pair = /^\s*([\w.-]+)\s*=\s*((?:[^%\s]|%[0-9a-f]{2})*)\s*$/i;
  return z
    .string()
    .refine(
      (text) => text.split(',').every((part) => pair.test(part)),
      'must be name=value, separated by commas',
    )
    .transform((text) => {
      const pairs = text.split(',').map((part) => pair.exec(part) ?? []);
      return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decoded(value)]));
    });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Percent signs that encode no text stand for themselves.
    return value;
  }
}

const environmentSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: integer(0, 65_535).default(7001),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  DATABASE_URL: url(['file:', 'sqlite:'])
    .optional()
    .describe('other engines than SQLite are not supported yet'),
  LOOKOUT_DATA_DIR: z.string().min(1).default('data'),
  LOOKOUT_MEDIA_DIR: z.string().min(1).default('media'),
  LOOKOUT_MODEL: z.string().min(1).optional(),
  LOOKOUT_ADMIN_TOKEN: z.string().min(24, 'must have at least 24 characters').optional(),
  LOOKOUT_DEMO: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  LOOKOUT_WORKERS: integer(0, 64).default(1),
  LOOKOUT_ALLOWED_HOSTS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
    )
    .default([]),
  LOOKOUT_EVENT_DAYS: integer(1, 3650).default(14),
  LOOKOUT_EVENT_DISK_MB: integer(1, 10_000_000).default(1024),
  INFERENCE_REPEAT: integer(1, 1000).default(1),
  INFERENCE_THREADS: integer(1, 256).optional(),
  MQTT_URL: url(['mqtt:', 'mqtts:'])
    .refine((text) => /^(?:\/[\w-]+)*\/?$/.test(afterHost(text)), {
      message: 'must have a path of letters, digits, _ and - alone: it names the topics',
    })
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http:', 'https:']).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: headers().optional(),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/, 'must be a number from 0 to 1')
    .transform(Number)
    .default(1),
});

/** Path, query and fragment; none of what is no address. */
function afterHost(text: string): string {
  const { pathname = '', search = '', hash = '' } = URL.parse(text) ?? {};
  return `${pathname}${search}${hash}`;
}

/** Every name that {@link readConfig} knows. */
export const SETTING_NAMES: readonly string[] = Object.keys(environmentSchema.shape);

const SECRET = new Set([
  'LOOKOUT_ADMIN_TOKEN',
  'REDIS_URL',
  'DATABASE_URL',
  'MQTT_URL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
]);

/** The installation's settings, checked; see `docs/ref` for what each means. */
export interface Config {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** `undefined`: the supervisor runs a Redis of its own. */
  readonly redisUrl: string | undefined;
  /** Path of the SQLite file. */
  readonly databaseFile: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute. */
  readonly mediaDir: string;
  /** `undefined`: the catalog's default. */
  readonly model: string | undefined;
  readonly adminToken: string | undefined;
  /** `undefined`: while no camera was ever added. */
  readonly demo: boolean | undefined;
  readonly workers: number;
  readonly allowedHosts: readonly string[];
  /** How long events that have ended are kept. */
  readonly eventDays: number;
  /** What events may take on the disk with their pictures. */
  readonly eventDiskBytes: number;
  readonly inferenceRepeat: number;
  /** `undefined`: chosen for this machine. */
  readonly inferenceThreads: number | undefined;
  readonly mqttUrl: string | undefined;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /** Where traces go, and which share of the frames is traced; `undefined`: none is. */
  readonly traces:
    | {
        readonly endpoint: string;
        readonly headers: Readonly<Record<string, string>>;
        /** 0 to 1. */
        readonly ratio: number;
      }
    | undefined;
}

/** The environment asks for something that Lookout cannot do; the message is one line for a person. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings from the environment.
 * @param environment - names and values; an empty value counts as absent
 * @param root - folder that relative paths start from
 * @throws ConfigError for a bad value or an unknown `LOOKOUT_*` name, naming every one of them;
 *   values that may be secret are not repeated
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  root: string = process.cwd(),
): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const unknown = Object.keys(given).filter(isUnknown);
  const parsed = environmentSchema.safeParse(given);
  const faults = unknown.map((name) => `${name} is not a setting of Lookout`);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    const value = SECRET.has(name) ? '' : `=${String(given[name])}`;
    faults.push(`${name}${value}: ${issue.message}`);
  }
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(`Bad environment: ${faults.join('; ')}`);
  }
  const settings = parsed.data;
  const dataDir = resolve(root, settings.LOOKOUT_DATA_DIR);
  return {
    host: settings.HOST,
    port: settings.PORT,
    redisUrl: settings.REDIS_URL,
    databaseFile: databaseFile(settings.DATABASE_URL, dataDir, root),
    dataDir,
    mediaDir: resolve(root, settings.LOOKOUT_MEDIA_DIR),
    model: settings.LOOKOUT_MODEL,
    adminToken: settings.LOOKOUT_ADMIN_TOKEN,
    demo: settings.LOOKOUT_DEMO,
    workers: settings.LOOKOUT_WORKERS,
    allowedHosts: settings.LOOKOUT_ALLOWED_HOSTS,
    eventDays: settings.LOOKOUT_EVENT_DAYS,
    eventDiskBytes: settings.LOOKOUT_EVENT_DISK_MB * 1024 * 1024,
    inferenceRepeat: settings.INFERENCE_REPEAT,
    inferenceThreads: settings.INFERENCE_THREADS,
    mqttUrl: settings.MQTT_URL,
    logLevel: settings.LOG_LEVEL,
    traces: tracesOf(settings),
  };
}

function tracesOf(settings: z.output<typeof environmentSchema>): Config['traces'] {
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return undefined;
  const headers = settings.OTEL_EXPORTER_OTLP_HEADERS ?? {};
  return { endpoint, headers, ratio: settings.OTEL_TRACES_SAMPLER_ARG };
}

function isUnknown(name: string): boolean {
  if (!name.startsWith('LOOKOUT_')) return false;
  // Kubernetes injects these for a service called "lookout".
  if (name.startsWith('LOOKOUT_SERVICE_') || name.startsWith('LOOKOUT_PORT')) return false;
  return !(name in environmentSchema.shape);
}

function databaseFile(databaseUrl: string | undefined, dataDir: string, root: string): string {
  if (databaseUrl === undefined) return resolve(dataDir, 'lookout.db');
  return resolve(root, databaseUrl.replace(/^(?:file|sqlite):(?:\/\/)?/, ''));
}
